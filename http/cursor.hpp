// Positions in pages, opaque to clients.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "holdfast/feed_span.hpp"

namespace holdfast::http {

/// Cursor after event `seq` of `node`: base64url (RFC 4648, section 5) without
/// padding of `v1;node=seq`.
std::string encode_cursor(std::string_view node, std::uint64_t seq);

/// The `seq` that a cursor of `node` stands for, or that `text` spells as a
/// plain number; nothing for anything else, other nodes' cursors included.
/// At most `limits::seq_max`.
std::optional<std::uint64_t> decode_after(std::string_view text,
                                          std::string_view node);

/// Cursor of a feed of several nodes: the same with `;node=seq` for each.
std::string encode_cursor(std::span<const feed_position> legs);

/// What `after` stands for where there may be several nodes: a cursor, or a
/// plain number. Nothing for anything else, and for numbers beyond
/// `limits::seq_max`.
struct feed_start {
  bool is_plain = false;
  std::uint64_t seq = 0;
  std::vector<feed_position> legs;
};
std::optional<feed_start> decode_feed(std::string_view text);

/// Cursor after `sku` in the central view, base64url of `v1;sku=…`.
std::string encode_sku_cursor(std::string_view sku);

/// The SKU that such a cursor stands for; nothing for anything else.
std::optional<std::string> decode_sku_cursor(std::string_view text);

/// Cursor after a dead letter, base64url of `v1;letter=id`.
std::string encode_letter_cursor(std::uint64_t id);

/// The id that such a cursor stands for; nothing for anything else.
std::optional<std::uint64_t> decode_letter_cursor(std::string_view text);

} // namespace holdfast::http
