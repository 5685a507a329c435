// Bytes in hexadecimal.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "holdfast/command.hpp"

namespace holdfast {

/// Two digits a byte, letters in lower case.
std::string to_hex(std::span<const std::uint8_t> bytes);

/// Reads what `to_hex` writes; nothing for another length or another digit,
/// capitals included.
std::optional<digest> from_hex(std::string_view text) noexcept;

} // namespace holdfast
