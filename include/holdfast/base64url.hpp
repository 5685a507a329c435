// Bytes in base64 for URLs: RFC 4648, section 5, without padding.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace holdfast {

/// Four digits for three bytes; two or three for what is left of them.
void append_base64url(std::string& out, std::string_view bytes);

std::string to_base64url(std::string_view bytes);

/// Nothing for another digit, padding included. Lenient about left-over bits
/// and a left-over digit: who must know only one spelling compares it with what
/// `to_base64url` writes.
std::optional<std::string> from_base64url(std::string_view text);

} // namespace holdfast
