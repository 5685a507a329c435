// A journal that several processes write.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "holdfast/lease.hpp"
#include "shared_terms.hpp"
#include "sqlite_journal.hpp"

namespace holdfast::storage {

struct sharing_options {
  /// What operators call this process.
  std::string owner;
  /// Life of a lease that is not renewed.
  std::int64_t lease_ttl_ms = 10'000;
  /// No other process has the directory. It stays so until the journal is
  /// open.
  bool is_alone = false;
  /// Where they are not those of the others, opening the journal throws
  /// `wrong_data_dir`.
  shared_terms terms;
};

/// A journal and its leases.
struct shared_parts {
  journal_ptr log;
  std::shared_ptr<lease_board> leases;
};

/// Opens the journal in `data_dir` beside others that have it open, or starts
/// one: the same tables without SQLite's log, so that each transaction locks
/// out the others. Whoever is alone recovers and checks it first. The caller
/// holds the `data_dir_lock` as one that shares. Throws as
/// `open_sqlite_journal` does.
shared_parts open_shared_journal(const journal_options& options,
                                 const sharing_options& sharing);

} // namespace holdfast::storage
