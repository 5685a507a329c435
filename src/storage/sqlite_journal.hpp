// The journal on disk: one SQLite file, a redo log before it and a high-water
// mark beside it.
#pragma once

#include <cstdint>
#include <string>

#include "disk.hpp"
#include "holdfast/journal.hpp"

namespace holdfast::storage {

struct journal_options {
  /// Made if it does not exist. The caller holds its `data_dir_lock`.
  std::string data_dir;
  /// A journal belongs to one node for ever.
  std::string node_name;
  /// How long a key keeps others from using it, as `verify` will judge it.
  std::int64_t key_ttl_ms = 300'000;
  /// Rows that a start may have to read: this many, or twice as many as there
  /// are SKUs among them, whichever is more. `checkpoint` keeps to it.
  std::uint64_t tail_rows_min = 500'000;
  /// Pages in the write-ahead log before SQLite begins it again, all of them
  /// moved into the database: of a new journal 32 MiB.
  std::uint64_t wal_pages_max = 2'000;
  /// A thread of its own moves one part of them after the other while more are
  /// written, which twice as many can be then. Only where `on` is
  /// `system_disk()`.
  bool moves_beside = false;
  disk_ptr on = system_disk();
};

/// Opens the journal in `data_dir`, or starts one. Reads the newest batch and
/// what `checkpoint` left to read, not the whole log. Throws
/// `journal_error::corrupt` for a journal that is damaged there, ends before
/// the high-water mark, belongs to another node or has a newer format; what
/// that leaves of it is told in docs/JOURNAL.md.
journal_ptr open_sqlite_journal(const journal_options& options);

} // namespace holdfast::storage
