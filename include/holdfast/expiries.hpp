// How many holds end at once.
#pragma once

#include <cstddef>

namespace holdfast {

/// Expiries that `due_expiries` makes at a time, and about as many as one
/// transaction takes: others wait for its end.
inline constexpr std::size_t expiries_max = 1'000;

} // namespace holdfast
