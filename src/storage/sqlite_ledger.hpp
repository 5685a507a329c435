// The ledger of a journal on disk.
#pragma once

#include <memory>
#include <string>

#include "disk.hpp"
#include "holdfast/ledger.hpp"

namespace holdfast::storage {

/// Reads the journal in `data_dir` over a connection of its own, beside the
/// node that writes it and without a lock that it would notice. A page ends at
/// the high-water mark, which moves once a batch is synced: what it tells would
/// survive a crash, whether acknowledged or not. Beyond the mark a batch may be
/// seen that is written and not synced. Throws `journal_error::failed` if there
/// is no journal.
std::unique_ptr<ledger> open_sqlite_ledger(const std::string& data_dir,
                                           disk_ptr on = system_disk());

} // namespace holdfast::storage
