// How histories and answers spell times.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace holdfast::history {

/// Milliseconds since the epoch of `2026-11-22T06:11:00.123Z`, nothing for
/// any other form, or a moment that there is not.
std::optional<std::int64_t> time_named(std::string_view text);

} // namespace holdfast::history
