// How a journal is opened by those who may not change it.
#pragma once

#include <memory>
#include <string>

#include "sqlite.hpp"

namespace holdfast::storage {

/// The tables, without what is still in the redo log. Throws
/// `journal_error::failed` if there is no journal in `data_dir`.
std::unique_ptr<database> open_read_only(const std::string& data_dir,
                                         disk& on = *system_disk());

} // namespace holdfast::storage
