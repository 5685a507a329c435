#include "holdfast/names.hpp"

#include <algorithm>
#include <cstddef>

#include "holdfast/limits.hpp"

namespace holdfast {

namespace {

constexpr bool is_alphanumeric(char c) noexcept {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
         || (c >= '0' && c <= '9');
}

constexpr bool in_range(char c, unsigned low, unsigned high) noexcept {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= low && byte <= high;
}

/// Bytes of the well-formed sequence that `text` begins with, or 0. The
/// ranges are table 3-7 of the Unicode Standard: the second byte alone rules
/// out overlong forms, surrogates and what lies beyond U+10FFFF.
std::size_t sequence_length(std::string_view text) noexcept {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80)
    return 1;
  if (lead < 0xc2 || lead > 0xf4)
    return 0;
  const std::size_t length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (text.size() < length)
    return 0;
  const unsigned low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
  const unsigned high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
  if (!in_range(text[1], low, high))
    return 0;
  for (std::size_t i = 2; i < length; ++i)
    if (!in_range(text[i], 0x80, 0xbf))
      return 0;
  return length;
}

/// C0, DEL or C1 at the head of well-formed `text`.
bool begins_with_control(std::string_view text) noexcept {
  return in_range(text[0], 0x00, 0x1f) || text[0] == 0x7f
         || (in_range(text[0], 0xc2, 0xc2) && in_range(text[1], 0x80, 0x9f));
}

} // namespace

bool is_store_id(std::string_view text) noexcept {
  return !text.empty() && text.size() <= limits::store_id_bytes_max
         && is_alphanumeric(text[0])
         && std::all_of(text.begin(), text.end(), [](char c) {
              return is_alphanumeric(c) || c == '.' || c == '_' || c == '-';
            });
}

bool is_sku(std::string_view text) noexcept {
  if (text.empty() || text.size() > limits::sku_bytes_max)
    return false;
  while (!text.empty()) {
    const auto length = sequence_length(text);
    if (length == 0 || text[0] == '/' || begins_with_control(text))
      return false;
    text.remove_prefix(length);
  }
  return true;
}

bool is_utf8(std::string_view text) noexcept {
  while (!text.empty()) {
    const auto length = sequence_length(text);
    if (length == 0)
      return false;
    text.remove_prefix(length);
  }
  return true;
}

bool is_idempotency_key(std::string_view text) noexcept {
  return !text.empty() && text.size() <= limits::key_bytes_max
         && std::all_of(text.begin(), text.end(),
                        [](char c) { return in_range(c, 0x21, 0x7e); });
}

} // namespace holdfast
