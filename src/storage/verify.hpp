// Is a journal what it was when it was written, from its first row to its last?
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "disk.hpp"

namespace holdfast::storage {

/// The first thing that is wrong with a journal.
struct journal_fault {
  /// The last event before it that was read without a fault, 0 for none.
  std::uint64_t seq = 0;
  std::string what;
};

/// What a journal holds, and whether it can be true.
struct verify_report {
  std::string node_name;
  std::uint64_t starts = 0;
  std::uint64_t events = 0;
  std::uint64_t answers = 0;
  std::uint64_t batches = 0;
  std::uint64_t skus = 0;
  std::uint64_t snapshots = 0;
  /// Reservations that were granted, and those of them that ended.
  std::uint64_t granted = 0;
  std::uint64_t closed = 0;
  std::uint64_t dead_letters = 0;
  /// Empty for a sound journal; the counts end where a fault is.
  std::optional<journal_fault> fault;

  bool ok() const noexcept {
    return !fault.has_value();
  }
};

/// Replays the whole journal in `data_dir` against its numbers, chains,
/// hashes, snapshots and the rules of stock. Reads one consistent state beside
/// a running node, whose log of SQLite cannot shrink meanwhile. Memory goes
/// with the SKUs, the leases ever taken, and the keys of one time to live, not
/// with the events.
/// Throws `journal_error::failed` if the files cannot be read or there is no
/// journal, `full` if SQLite has no room for what readers share.
verify_report verify_journal(const std::string& data_dir,
                             disk& on = *system_disk());

} // namespace holdfast::storage
