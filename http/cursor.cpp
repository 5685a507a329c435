#include "http/cursor.hpp"

#include <algorithm>
#include <charconv>

#include "holdfast/base64url.hpp"
#include "holdfast/names.hpp"
#include "holdfast/node_limits.hpp"

namespace holdfast::http {

namespace {

/// Version of the form.
constexpr std::string_view feed_head = "\x02";
constexpr std::size_t node_bytes = 8;
constexpr std::size_t seq_bytes = 5;
constexpr std::size_t mark_bytes = node_bytes + seq_bytes;
constexpr std::size_t check_bytes = 4;
static_assert(limits::seq_max >> 8 * seq_bytes == 0);
/// What else a target may hold: the path, the names of four parameters, a
/// limit, a store, and a SKU all of whose bytes are escaped.
constexpr std::size_t feed_target_bytes =
    64 + limits::store_id_bytes_max + 3 * limits::sku_bytes_max;
static_assert(4 * (1 + limits::node_names_max * mark_bytes + check_bytes) / 3
                  + 4 + feed_target_bytes
              <= limits::target_bytes_max);
constexpr std::string_view sku_head = "v1;sku=";
constexpr std::string_view letter_head = "v1;letter=";

std::optional<std::uint64_t> parse_seq(std::string_view text) {
  std::uint64_t seq = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), seq);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()
      || seq > limits::seq_max)
    return std::nullopt;
  return seq;
}

void put(std::string& to, std::uint64_t value, std::size_t bytes) {
  while (bytes-- > 0)
    to.push_back(static_cast<char>(value >> 8 * bytes & 255));
}

std::uint64_t take(std::string_view& from, std::size_t bytes) {
  std::uint64_t value = 0;
  for (const unsigned char byte : from.substr(0, bytes))
    value = value << 8 | byte;
  from.remove_prefix(bytes);
  return value;
}

bool is_ascending(const std::vector<feed_mark>& marks) {
  return std::adjacent_find(
             marks.begin(), marks.end(),
             [](const auto& a, const auto& b) { return a.node >= b.node; })
         == marks.end();
}

} // namespace

std::string encode_cursor(std::span<const feed_mark> marks) {
  std::string bytes{feed_head};
  for (const auto& mark : marks) {
    put(bytes, mark.node, node_bytes);
    put(bytes, mark.after, seq_bytes);
  }
  // A cursor that was cut or changed must not read on elsewhere.
  put(bytes, fixed_hash(bytes), check_bytes);
  return to_base64url(bytes);
}

std::string encode_cursor(std::string_view node, std::uint64_t seq) {
  const feed_mark mark{fixed_hash(node), seq};
  return encode_cursor(std::span{&mark, std::size_t{seq != 0}});
}

std::optional<feed_start> decode_feed(std::string_view text) {
  feed_start made;
  if (const auto plain = parse_seq(text)) {
    made.is_plain = true;
    made.seq = *plain;
    return made;
  }
  const auto inside = from_base64url(text);
  auto rest = inside ? std::string_view{*inside} : std::string_view{};
  if (!rest.starts_with(feed_head))
    return std::nullopt;
  rest.remove_prefix(feed_head.size());
  while (rest.size() >= mark_bytes) {
    const auto node = take(rest, node_bytes);
    const auto after = take(rest, seq_bytes);
    if (after == 0 || after > limits::seq_max)
      return std::nullopt;
    made.marks.push_back({node, after});
  }
  if (!is_ascending(made.marks) || text != encode_cursor(made.marks))
    return std::nullopt;
  return made;
}

std::optional<std::uint64_t> decode_after(std::string_view text,
                                          std::string_view node) {
  const auto start = decode_feed(text);
  if (!start)
    return std::nullopt;
  if (start->marks.empty())
    return start->seq;
  const auto& mark = start->marks.front();
  if (start->marks.size() > 1 || mark.node != fixed_hash(node))
    return std::nullopt;
  return mark.after;
}

std::string encode_sku_cursor(std::string_view sku) {
  return to_base64url(std::string{sku_head}.append(sku));
}

std::optional<std::string> decode_sku_cursor(std::string_view text) {
  const auto inside = from_base64url(text);
  if (!inside || !inside->starts_with(sku_head))
    return std::nullopt;
  auto sku = inside->substr(sku_head.size());
  if (!is_sku(sku) || text != encode_sku_cursor(sku))
    return std::nullopt;
  return sku;
}

std::string encode_letter_cursor(std::uint64_t id) {
  return to_base64url(std::string{letter_head}.append(std::to_string(id)));
}

std::optional<std::uint64_t> decode_letter_cursor(std::string_view text) {
  const auto inside = from_base64url(text);
  if (!inside || !inside->starts_with(letter_head))
    return std::nullopt;
  const auto id = parse_seq(inside->substr(letter_head.size()));
  if (!id || text != encode_letter_cursor(*id))
    return std::nullopt;
  return id;
}

} // namespace holdfast::http
