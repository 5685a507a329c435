// The content of JSON strings.
#pragma once

#include <string>
#include <string_view>

namespace holdfast::http {

/// A string as it stands in a document.
struct json_text {
  /// Between the quotes, escapes and all.
  std::string_view raw;
  bool escaped = false;
  /// What is wrong with its content, else null. The reader goes on behind it.
  const char* flaw = nullptr;
};

/// Replaces the escapes of `text`, which must have no flaw.
std::string unescape(const json_text& text);

/// What makes `raw`, the text between two quotes, no JSON string of Unicode
/// characters (RFC 8259, section 7; RFC 3629): an escape that is none, half a
/// surrogate pair, a bare control character, bytes that are no UTF-8. Null if
/// nothing does.
const char* flaw_of(std::string_view raw) noexcept;

} // namespace holdfast::http
