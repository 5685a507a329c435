#include "http/rate_fields.hpp"

#include <charconv>
#include <string_view>

namespace holdfast::http {

namespace {

/// `"default"` with two parameters of one letter each.
std::string item(char first, std::uint32_t value, char second,
                 std::uint32_t window_s) {
  constexpr std::string_view name = "\"default\"";
  char text[48];
  auto* at = name.copy(text, name.size()) + text;
  const auto parameter = [&](char letter, std::uint32_t number) {
    *at++ = ';';
    *at++ = letter;
    *at++ = '=';
    at = std::to_chars(at, text + sizeof text, number).ptr;
  };
  parameter(first, value);
  parameter(second, window_s);
  return {text, at};
}

} // namespace

std::string rate_policy_field(const rate_limit_policy& policy) {
  return item('q', policy.quota().burst, 'w', policy.window_s());
}

std::string rate_field(const rate_verdict& now) {
  return item('r', now.remaining, 't', now.reset_s);
}

} // namespace holdfast::http
