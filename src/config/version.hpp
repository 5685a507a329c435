// The version of the program.
#pragma once

#include <string_view>

namespace holdfast::config {

/// E.g. `0.1.0`.
std::string_view program_version() noexcept;

} // namespace holdfast::config
