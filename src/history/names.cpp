#include "src/history/names.hpp"

#include <cstdio>
#include <ctime>

namespace holdfast::history {

std::optional<event_type> event_type_named(std::string_view word) noexcept {
  constexpr auto last = static_cast<int>(event_type::reservation_expired);
  for (int i = 1; i <= last; ++i)
    if (to_string(static_cast<event_type>(i)) == word)
      return static_cast<event_type>(i);
  return std::nullopt;
}

std::optional<error_code> refusal_named(std::string_view word) noexcept {
  for (int i = 1; i <= static_cast<int>(error_code_last); ++i)
    if (to_string(static_cast<error_code>(i)) == word)
      return static_cast<error_code>(i);
  return std::nullopt;
}

std::optional<std::int64_t> time_named(const std::string& text) {
  std::tm parts{};
  int ms = 0;
  int end = 0;
  std::sscanf(text.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d.%3dZ%n", &parts.tm_year,
              &parts.tm_mon, &parts.tm_mday, &parts.tm_hour, &parts.tm_min,
              &parts.tm_sec, &ms, &end);
  if (end != 24 || text.size() != 24)
    return std::nullopt;
  parts.tm_year -= 1900;
  parts.tm_mon -= 1;
  return std::int64_t{::timegm(&parts)} * 1'000 + ms;
}

} // namespace holdfast::history
