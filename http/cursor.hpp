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

/// Cursor of a feed: where its logs are read on, the smallest hash first.
/// base64url (RFC 4648, section 5) without padding of a byte 2, 13 bytes for
/// each mark (the hash of the node, then how far it was read), and 4 bytes of
/// checksum, all numbers with the highest byte first. One position has one
/// spelling, and that of the largest cluster fits into a target with all other
/// parameters.
std::string encode_cursor(std::span<const feed_mark> marks);

/// Cursor after event `seq` of the log of `node`, and of no other.
std::string encode_cursor(std::string_view node, std::uint64_t seq);

/// What `after` stands for: such a cursor, or a plain number. Nothing for
/// anything else, and for numbers beyond `limits::seq_max`.
struct feed_start {
  bool is_plain = false;
  std::uint64_t seq = 0;
  std::vector<feed_mark> marks;
};
std::optional<feed_start> decode_feed(std::string_view text);

/// The `seq` of it where there is the log of `node` only; nothing for cursors
/// that name others.
std::optional<std::uint64_t> decode_after(std::string_view text,
                                          std::string_view node);

/// Cursor after `sku` in the central view, base64url of `v1;sku=…`.
std::string encode_sku_cursor(std::string_view sku);

/// The SKU that such a cursor stands for; nothing for anything else.
std::optional<std::string> decode_sku_cursor(std::string_view text);

/// Cursor after a dead letter, base64url of `v1;letter=id`.
std::string encode_letter_cursor(std::uint64_t id);

/// The id that such a cursor stands for; nothing for anything else.
std::optional<std::uint64_t> decode_letter_cursor(std::string_view text);

} // namespace holdfast::http
