// What the journal takes with no actor in front of it.
#pragma once

#include <cstdint>

namespace holdfast::cli {

/// Rows per second that the journal alone writes, adjusts over so many SKUs in
/// transactions of 1,024, measured for `seconds` in a directory that is gone
/// afterwards.
double measure_journal(std::uint32_t skus, std::uint32_t seconds);

} // namespace holdfast::cli
