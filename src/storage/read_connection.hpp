// How a journal is opened by those who may not change it.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "schema.hpp"
#include "sqlite.hpp"

namespace holdfast::storage {

/// The tables, without what is still in the redo log. Throws
/// `journal_error::failed` if there is no journal in `data_dir`.
std::unique_ptr<database> open_read_only(const std::string& data_dir,
                                         disk& on = *system_disk());

/// What a journal that is there says of itself, found without a change to any
/// file. Nothing where that takes more: it has no tables yet, or what it says
/// may be in a log of SQLite or in the way of a transaction that nobody lived
/// to end. Nobody else may write it meanwhile.
std::optional<journal_meta> peek_meta(const std::string& data_dir, disk& on);

} // namespace holdfast::storage
