// The text of a field, whoever reads it.
#pragma once

#include <string_view>

namespace holdfast::http {

/// The value of a field without the white space around it (RFC 9110, section
/// 5.5).
constexpr std::string_view trim(std::string_view text) noexcept {
  const auto is_space = [](char c) {
    return c == ' ' || c == '\t';
  };
  while (!text.empty() && is_space(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && is_space(text.back()))
    text.remove_suffix(1);
  return text;
}

} // namespace holdfast::http
