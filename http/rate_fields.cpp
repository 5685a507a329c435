#include "http/rate_fields.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <limits>
#include <string_view>

namespace holdfast::http {

namespace {

void append(std::string& to, std::uint32_t number) {
  char digits[10];
  const auto end =
      std::to_chars(std::begin(digits), std::end(digits), number).ptr;
  to.append(digits, end);
}

/// `"default"` with two parameters.
std::string item(std::string_view first, std::uint32_t value,
                 std::string_view second, std::uint32_t window_s) {
  std::string text;
  text.reserve(48);
  text.append("\"default\"").append(first);
  append(text, value);
  text.append(second);
  append(text, window_s);
  return text;
}

} // namespace

std::string rate_policy_field(const rate_limit_policy& policy) {
  const auto& quota = policy.quota();
  const auto window_s = policy.window_s();
  const auto steady = std::uint64_t{quota.rps} * window_s;
  return item(";q=",
              static_cast<std::uint32_t>(std::min<std::uint64_t>(
                  std::max<std::uint64_t>(quota.burst, steady),
                  std::numeric_limits<std::uint32_t>::max())),
              ";w=", window_s);
}

std::string rate_field(const rate_verdict& now) {
  return item(";r=", now.remaining, ";t=", now.reset_s);
}

} // namespace holdfast::http
