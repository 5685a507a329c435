#include "holdfast/base64url.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace holdfast {

namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr auto make_digit_values() {
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  for (std::size_t i = 0; i < alphabet.size(); ++i)
    values[static_cast<unsigned char>(alphabet[i])] =
        static_cast<std::int8_t>(i);
  return values;
}

constexpr auto digit_values = make_digit_values();

} // namespace

void append_base64url(std::string& out, std::string_view bytes) {
  std::uint32_t bits = 0;
  int count = 0;
  for (const auto byte : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(byte);
    for (count += 8; count >= 6; count -= 6)
      out += alphabet[bits >> (count - 6) & 63];
  }
  if (count > 0)
    out += alphabet[bits << (6 - count) & 63];
}

std::string to_base64url(std::string_view bytes) {
  std::string text;
  append_base64url(text, bytes);
  return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() * 3 / 4);
  std::uint32_t bits = 0;
  int count = 0;
  for (const auto digit : text) {
    const auto value = digit_values[static_cast<unsigned char>(digit)];
    if (value < 0)
      return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes += static_cast<char>(bits >> count & 255);
    }
  }
  return bytes;
}

} // namespace holdfast
