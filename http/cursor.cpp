#include "http/cursor.hpp"

#include <algorithm>
#include <charconv>

#include "holdfast/names.hpp"
#include "holdfast/node_limits.hpp"

namespace holdfast::http {

namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view feed_head = "v1";
constexpr std::string_view sku_head = "v1;sku=";
constexpr std::string_view letter_head = "v1;letter=";

std::string to_base64url(std::string_view bytes) {
  std::string result;
  std::uint32_t bits = 0;
  int pending = 0;
  for (const unsigned char byte : bytes) {
    bits = bits << 8 | byte;
    for (pending += 8; pending >= 6; pending -= 6)
      result.push_back(alphabet[bits >> (pending - 6) & 63]);
  }
  if (pending > 0)
    result.push_back(alphabet[bits << (6 - pending) & 63]);
  return result;
}

std::optional<std::uint64_t> parse_seq(std::string_view text) {
  std::uint64_t seq = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), seq);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()
      || seq > limits::seq_max)
    return std::nullopt;
  return seq;
}

std::string from_base64url(std::string_view text) {
  std::string result;
  std::uint32_t bits = 0;
  int pending = 0;
  for (const char c : text) {
    const auto digit = alphabet.find(c);
    if (digit == std::string_view::npos)
      return {};
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    pending += 6;
    if (pending >= 8) {
      pending -= 8;
      result.push_back(static_cast<char>(bits >> pending & 255));
    }
  }
  return result;
}

} // namespace

std::string encode_cursor(std::string_view node, std::uint64_t seq) {
  std::string text{"v1;"};
  text.append(node).append("=").append(std::to_string(seq));
  return to_base64url(text);
}

std::optional<std::uint64_t> decode_after(std::string_view text,
                                          std::string_view node) {
  if (const auto plain = parse_seq(text))
    return plain;
  const auto inside = from_base64url(text);
  const auto equals = inside.rfind('=');
  if (equals == std::string::npos)
    return std::nullopt;
  const auto seq = parse_seq(std::string_view{inside}.substr(equals + 1));
  // One position has one spelling: no stray bits, no leading zeros.
  if (!seq || text != encode_cursor(node, *seq))
    return std::nullopt;
  return seq;
}

std::string encode_cursor(std::span<const feed_position> legs) {
  std::string text{feed_head};
  for (const auto& leg : legs)
    text.append(";").append(leg.node).append("=").append(
        std::to_string(leg.after));
  return to_base64url(text);
}

std::optional<feed_start> decode_feed(std::string_view text) {
  feed_start made;
  if (const auto plain = parse_seq(text)) {
    made.is_plain = true;
    made.seq = *plain;
    return made;
  }
  const auto inside = from_base64url(text);
  if (!inside.starts_with(feed_head))
    return std::nullopt;
  auto rest = std::string_view{inside}.substr(feed_head.size());
  while (!rest.empty()) {
    const auto end = std::min(rest.find(';', 1), rest.size());
    const auto leg = rest.substr(1, end - 1);
    const auto equals = leg.rfind('=');
    if (equals == std::string_view::npos || !is_store_id(leg.substr(0, equals)))
      return std::nullopt;
    const auto seq = parse_seq(leg.substr(equals + 1));
    if (!seq || made.legs.size() == limits::nodes_max)
      return std::nullopt;
    made.legs.push_back({std::string{leg.substr(0, equals)}, *seq});
    rest.remove_prefix(end);
  }
  // One position has one spelling: no stray bits, no leading zeros.
  if (made.legs.empty() || text != encode_cursor(made.legs))
    return std::nullopt;
  return made;
}

std::string encode_sku_cursor(std::string_view sku) {
  return to_base64url(std::string{sku_head}.append(sku));
}

std::optional<std::string> decode_sku_cursor(std::string_view text) {
  const auto inside = from_base64url(text);
  if (!inside.starts_with(sku_head))
    return std::nullopt;
  auto sku = inside.substr(sku_head.size());
  if (!is_sku(sku) || text != encode_sku_cursor(sku))
    return std::nullopt;
  return sku;
}

std::string encode_letter_cursor(std::uint64_t id) {
  return to_base64url(std::string{letter_head}.append(std::to_string(id)));
}

std::optional<std::uint64_t> decode_letter_cursor(std::string_view text) {
  const auto inside = from_base64url(text);
  if (!inside.starts_with(letter_head))
    return std::nullopt;
  const auto id = parse_seq(inside.substr(letter_head.size()));
  if (!id || text != encode_letter_cursor(*id))
    return std::nullopt;
  return id;
}

} // namespace holdfast::http
