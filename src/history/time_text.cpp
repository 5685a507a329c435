#include "src/history/time_text.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <tuple>

namespace holdfast::history {

namespace {

bool is_same_moment(const std::tm& one, const std::tm& other) {
  const auto all = [](const std::tm& of) {
    return std::tie(of.tm_year, of.tm_mon, of.tm_mday, of.tm_hour, of.tm_min,
                    of.tm_sec);
  };
  return all(one) == all(other);
}

} // namespace

std::optional<std::int64_t> time_named(const std::string& text) {
  constexpr std::string_view form = "0000-00-00T00:00:00.000Z";
  const auto fits = [](char wanted, char c) {
    return wanted == '0' ? c >= '0' && c <= '9' : c == wanted;
  };
  if (!std::equal(form.begin(), form.end(), text.begin(), text.end(), fits))
    return std::nullopt;
  std::tm parts{};
  int ms = 0;
  std::sscanf(text.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d.%3dZ", &parts.tm_year,
              &parts.tm_mon, &parts.tm_mday, &parts.tm_hour, &parts.tm_min,
              &parts.tm_sec, &ms);
  parts.tm_year -= 1900;
  parts.tm_mon -= 1;
  const auto said = parts;
  const auto seconds = ::timegm(&parts);
  // It makes the first of March of the thirtieth of February.
  return is_same_moment(said, parts)
             ? std::optional{std::int64_t{seconds} * 1'000 + ms}
             : std::nullopt;
}

} // namespace holdfast::history
