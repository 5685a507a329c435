// A planted defect: rules of stock that throw at some requests. The linker puts
// them in front of the real ones (`--wrap`) in the programs that name
// `poison.cpp`, all of which are tests; nothing of it is in any other.
#pragma once

#include <atomic>
#include <string>

namespace holdfast::test {

/// Judging a command with this reason throws, until the defect is cured.
inline const std::string poison = "poison";
extern std::atomic<bool> is_cured;

/// The end of a hold with `poison` as its reference throws the first time.
/// Where nobody asks it is the timer of its SKU actor that meets it.

} // namespace holdfast::test
