#include "holdfast/hex.hpp"

#include <cstddef>

namespace holdfast {

namespace {

constexpr std::string_view digits = "0123456789abcdef";

} // namespace

std::string to_hex(std::span<const std::uint8_t> bytes) {
  std::string text;
  text.reserve(2 * bytes.size());
  for (const auto byte : bytes) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

std::optional<digest> from_hex(std::string_view text) noexcept {
  digest made{};
  if (text.size() != 2 * made.size())
    return std::nullopt;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto value = digits.find(text[i]);
    if (value == std::string_view::npos)
      return std::nullopt;
    auto& byte = made[i / 2];
    byte = static_cast<std::uint8_t>(byte << 4 | value);
  }
  return made;
}

} // namespace holdfast
