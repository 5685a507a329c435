// The measure of what is written durably by one process.
#pragma once

#include <cstdint>
#include <string>

namespace holdfast::cli {

/// Rows a second that SQLite takes in transactions of 1,024, WAL,
/// synchronous=FULL, into a new file in `directory`.
double sqlite_rows_per_second(const std::string& directory, std::uint64_t rows);

} // namespace holdfast::cli
