#include "src/history/time_text.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace holdfast::history {

std::optional<std::int64_t> time_named(std::string_view text) {
  using namespace std::chrono;
  constexpr std::string_view form = "0000-00-00T00:00:00.000Z";
  const auto fits = [](char wanted, char c) {
    return wanted == '0' ? c >= '0' && c <= '9' : c == wanted;
  };
  if (!std::equal(form.begin(), form.end(), text.begin(), text.end(), fits))
    return std::nullopt;
  const auto part = [&](std::size_t at, std::size_t size) {
    int value = 0;
    std::from_chars(text.data() + at, text.data() + at + size, value);
    return value;
  };
  const year_month_day date{year{part(0, 4)},
                            month{static_cast<unsigned>(part(5, 2))},
                            day{static_cast<unsigned>(part(8, 2))}};
  const hours hour{part(11, 2)};
  const minutes minute{part(14, 2)};
  const seconds second{part(17, 2)};
  if (!date.ok() || hour > 23h || minute > 59min || second > 59s)
    return std::nullopt;
  const milliseconds since_epoch = sys_days{date}.time_since_epoch() + hour
                                   + minute + second
                                   + milliseconds{part(20, 3)};
  return since_epoch.count();
}

} // namespace holdfast::history
