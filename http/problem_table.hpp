// What each error code looks like on the wire: status and texts.
#pragma once

#include <cstdint>
#include <string_view>

#include "holdfast/error_code.hpp"

namespace holdfast::http {

/// Of every problem (RFC 9457, section 3).
inline constexpr std::string_view problem_media_type =
    "application/problem+json";

/// The part of a problem (RFC 9457, section 3.1) that depends on its code
/// alone.
struct problem_kind {
  /// HTTP status code (RFC 9110, section 15).
  std::uint16_t status;
  /// Short text for people; the same for every occurrence of a code.
  std::string_view title;
  /// One sentence for people: what the refusal means for them and what to do
  /// next. A replayed problem repeats it.
  std::string_view detail;
};

/// The row of `code`; `none` is 200. Never fails: what is no code at
/// all is told as `internal`. Thread-safe, one array look-up.
const problem_kind& problem_kind_of(error_code code) noexcept;

/// Reason phrase of a status this server sends (RFC 9110, section 15), or an
/// empty one, which RFC 9112, section 4, allows.
std::string_view reason_phrase(std::uint16_t status) noexcept;

} // namespace holdfast::http
