#include "src/telemetry/log_line.hpp"

#include <array>
#include <cstdio>
#include <ctime>

#include <nlohmann/json.hpp>

namespace holdfast::telemetry {

namespace {

/// RFC 3339 in UTC with milliseconds.
std::string show_time(std::chrono::system_clock::time_point time) {
  using namespace std::chrono;
  const auto whole = floor<milliseconds>(time.time_since_epoch());
  const std::time_t seconds = floor<std::chrono::seconds>(whole).count();
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  std::array<char, 32> date{};
  std::strftime(date.data(), date.size(), "%FT%T", &utc);
  std::array<char, 8> fraction{};
  std::snprintf(fraction.data(), fraction.size(), ".%03dZ",
                static_cast<int>(whole.count() % 1000));
  return std::string{date.data()} + fraction.data();
}

} // namespace

std::string_view to_string(log_level level) noexcept {
  switch (level) {
  case log_level::debug:
    return "debug";
  case log_level::info:
    return "info";
  case log_level::warn:
    return "warn";
  case log_level::error:
    return "error";
  }
  return "error";
}

log_level to_log_level(std::string_view name) noexcept {
  for (const auto level : {log_level::debug, log_level::warn, log_level::error})
    if (name == to_string(level))
      return level;
  return log_level::info;
}

std::string make_log_line(std::chrono::system_clock::time_point time,
                          log_level level, std::string_view event,
                          std::span<const log_field> fields) {
  nlohmann::ordered_json line;
  line["time"] = show_time(time);
  line["level"] = to_string(level);
  line["event"] = event;
  for (const auto& [name, value] : fields)
    std::visit([&](auto held) { line[std::string{name}] = held; }, value.get());
  return line.dump(-1, ' ', false,
                   nlohmann::ordered_json::error_handler_t::replace);
}

} // namespace holdfast::telemetry
