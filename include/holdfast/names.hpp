// Which texts may name things.
#pragma once

#include <string_view>

namespace holdfast {

/// `[A-Za-z0-9][A-Za-z0-9._-]{0,63}`.
bool is_store_id(std::string_view text) noexcept;

/// 1 to 128 bytes of UTF-8 without control characters (C0, DEL, C1) or `/`.
bool is_sku(std::string_view text) noexcept;

/// Well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms).
bool is_utf8(std::string_view text) noexcept;

/// 1 to 255 visible ASCII characters.
bool is_idempotency_key(std::string_view text) noexcept;

} // namespace holdfast
