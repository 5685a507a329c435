// The journal of a node, alone or shared with other processes.
#pragma once

#include <memory>
#include <string>

#include "holdfast/clock.hpp"
#include "holdfast/journal.hpp"
#include "holdfast/settings.hpp"
#include "src/storage/data_dir_lock.hpp"

namespace holdfast::cli {

struct node_journal {
  journal_ptr log;
  /// Null where nobody shares the journal.
  std::shared_ptr<lease_board> leases;
  /// Goes on where the journal stopped; the same for all that share it.
  std::shared_ptr<const time_source> time;
};

/// See `data_dir_lock`.
storage::data_dir_lock lock_directory(const settings& with);

/// Throws what opening a journal throws. Others that share the directory may
/// come in once this is done.
node_journal open_journal(const settings& with, storage::data_dir_lock& lock);

/// What operators call this process.
std::string lease_owner(const settings& with);

} // namespace holdfast::cli
