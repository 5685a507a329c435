// The ledger of a journal on disk.
#pragma once

#include <memory>
#include <string>

#include "disk.hpp"
#include "holdfast/ledger.hpp"

namespace holdfast::storage {

/// Reads the journal in `data_dir` over a connection of its own, beside the
/// node that writes it and without a lock that it would notice. A reader sees
/// a transaction only once its log is synced, which is before its high-water
/// mark is: what it sees would survive a crash, whether acknowledged or not.
/// Throws `journal_error::failed` if there is no journal.
std::unique_ptr<ledger> open_sqlite_ledger(const std::string& data_dir,
                                           disk_ptr on = system_disk());

} // namespace holdfast::storage
