#include "http/rate_fields.hpp"

#include <algorithm>
#include <limits>
#include <string_view>

#include "http/number_text.hpp"

namespace holdfast::http {

namespace {

/// `"default"` with two parameters.
std::string item(std::string_view first, std::uint32_t value,
                 std::string_view second, std::uint32_t window_s) {
  std::string text;
  text.reserve(48);
  text.append("\"default\"").append(first);
  append_number(text, value);
  text.append(second);
  append_number(text, window_s);
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
