// What a node remembers of its cluster, beside its journal.
#pragma once

#include <optional>
#include <string>

#include "disk.hpp"
#include "holdfast/roster.hpp"

namespace holdfast::storage {

/// `cluster` in the data directory.
std::string roster_path(const std::string& data_dir);

/// Nothing where the directory never was that of a member. Throws
/// `journal_error::corrupt` for a file that is not as it was written.
std::optional<roster_memory> read_roster(disk& on, const std::string& data_dir);

/// Returns once it is durable: whoever starts later finds this or what was
/// there before, never a part. Throws `journal_error`.
void write_roster(disk& on, const std::string& data_dir,
                  const roster_memory& memory);

} // namespace holdfast::storage
