// The request fields that decide how a request is taken.
#pragma once

#include <string>
#include <string_view>

#include "holdfast/command.hpp"

namespace holdfast::http {

/// RFC 9110, section 8.8.3.2: only a weak comparison lets a weak ETag name the
/// version inside it.
enum class comparison { strong, weak };

/// Reads `If-Match` (compare strongly) or `If-None-Match` (weakly; RFC 9110,
/// sections 13.1.1 and 13.1.2): `*`, or a list of ETags. An ETag that is not
/// one of ours is legal and names no version. False where `field` is neither.
bool parse_etags(std::string_view field, comparison how, etag_condition& into);

/// Reads `Idempotency-Key`: 1 to 255 visible ASCII characters, bare or as a
/// structured string (RFC 8941, section 3.3.3), both of the same key. False
/// where `field` is neither.
bool parse_idempotency_key(std::string_view field, std::string& into);
inline constexpr auto bad_idempotency_key =
    "must be 1 to 255 visible ASCII characters, quoted or bare";

/// `application/json`, with parameters or without (RFC 9110, section 8.3).
bool is_json(std::string_view content_type) noexcept;

} // namespace holdfast::http
