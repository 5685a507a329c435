// Which bytes may stand where in the head of a request.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace holdfast::http {

/// Sets of bytes, one bit each.
enum byte_class : std::uint8_t {
  /// `tchar` (RFC 9110, section 5.6.2): methods and field names.
  token_byte = 1,
  /// 0x21-0x7e without `#`: a fragment is never sent (RFC 9110, section 7.1).
  target_byte = 2,
  /// `field-vchar`, SP and HTAB (RFC 9110, section 5.5).
  value_byte = 4,
  /// Of `reg-name` (RFC 3986, section 3.2.2) without `%`, and without the
  /// comma, which is how two merged Host fields look.
  name_byte = 8,
  digit_byte = 16,
  hex_byte = 32,
};

inline constexpr auto byte_classes = [] {
  std::array<std::uint8_t, 256> table{};
  const auto add = [&table](std::string_view bytes, unsigned bits) {
    for (const char byte : bytes)
      table[static_cast<unsigned char>(byte)] |= bits;
  };
  constexpr std::string_view letters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  add(letters, token_byte | name_byte);
  add("0123456789", token_byte | name_byte | digit_byte | hex_byte);
  add("abcdefABCDEF", hex_byte);
  add("!#$%&'*+-.^_`|~", token_byte);
  add("-._~!$&'()*+;=", name_byte);
  for (unsigned byte = 0x20; byte < 0x100; ++byte)
    if (byte != 0x7f)
      table[byte] |= value_byte;
  table['\t'] |= value_byte;
  for (unsigned byte = 0x21; byte < 0x7f; ++byte)
    if (byte != '#')
      table[byte] |= target_byte;
  return table;
}();

constexpr bool is_in(byte_class set, char byte) noexcept {
  return (byte_classes[static_cast<unsigned char>(byte)] & set) != 0;
}

/// First byte of [at, end) outside `set`, or `end`.
constexpr const char* skip(byte_class set, const char* at,
                           const char* end) noexcept {
  // Four at a time: this loop is most of what reading a head costs.
  for (; end - at >= 4; at += 4) {
    if (!is_in(set, at[0]))
      return at;
    if (!is_in(set, at[1]))
      return at + 1;
    if (!is_in(set, at[2]))
      return at + 2;
    if (!is_in(set, at[3]))
      return at + 3;
  }
  while (at != end && is_in(set, *at))
    ++at;
  return at;
}

constexpr bool is_blank(char byte) noexcept {
  return byte == ' ' || byte == '\t';
}

constexpr char to_lower(char byte) noexcept {
  return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte | 0x20) : byte;
}

/// Compares without case; `lower` is in lower case already.
constexpr bool is_same_word(std::string_view text,
                            std::string_view lower) noexcept {
  if (text.size() != lower.size())
    return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (to_lower(text[i]) != lower[i])
      return false;
  return true;
}

} // namespace holdfast::http
