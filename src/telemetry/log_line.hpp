// One log record as a line of JSON.
#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace holdfast::telemetry {

enum class log_level : std::uint8_t { debug, info, warn, error };

/// `debug`, `info`, `warn` or `error`.
std::string_view to_string(log_level level) noexcept;

/// The level of that name; `info` for any other text.
log_level to_log_level(std::string_view name) noexcept;

/// A value beside the message. Texts are viewed, not copied.
class log_value {
public:
  log_value(bool value) : value_(value) {
    // nop
  }

  log_value(std::string_view value) : value_(value) {
    // nop
  }

  log_value(const char* value) : value_(std::string_view{value}) {
    // nop
  }

  log_value(const std::string& value) : value_(std::string_view{value}) {
    // nop
  }

  log_value(double value) : value_(value) {
    // nop
  }

  template <std::signed_integral Integer>
  log_value(Integer value) : value_(std::int64_t{value}) {
    // nop
  }

  template <std::unsigned_integral Integer>
  log_value(Integer value) : value_(std::uint64_t{value}) {
    // nop
  }

  const auto& get() const noexcept {
    return value_;
  }

private:
  std::variant<bool, std::int64_t, std::uint64_t, double, std::string_view>
      value_;
};

using log_field = std::pair<std::string_view, log_value>;

/// `{{"port", 3000}, {"host", "::1"}}`. Nothing secret goes in here.
using log_fields = std::initializer_list<log_field>;

/// `{"time":"2026-11-22T06:11:00.123Z","level":"info","event":"started",...}`
/// without an end of line. Bytes that are no UTF-8 become U+FFFD.
std::string make_log_line(std::chrono::system_clock::time_point time,
                          log_level level, std::string_view event,
                          std::span<const log_field> fields);

inline std::string make_log_line(std::chrono::system_clock::time_point time,
                                 log_level level, std::string_view event,
                                 log_fields fields) {
  return make_log_line(time, level, event,
                       std::span{fields.begin(), fields.size()});
}

} // namespace holdfast::telemetry
