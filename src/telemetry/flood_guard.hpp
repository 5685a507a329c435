// Keeps one kind of line from filling the disk.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace holdfast::telemetry {

/// Admits so many lines of each event in a second, and counts the rest.
/// Thread-safe; told the time.
class flood_guard {
public:
  using clock = std::chrono::steady_clock;

  /// `lines_max` of each event in one second, at least 1.
  explicit flood_guard(std::uint32_t lines_max) : lines_max_(lines_max) {
    // nop
  }

  /// True if one more line of `event` may be written now. Events are few:
  /// each is remembered for good.
  bool admit(std::string_view event, clock::time_point now);

  /// How many lines of which event were left out since the last call.
  std::vector<std::pair<std::string, std::uint64_t>> take_left_out();

private:
  struct count {
    clock::time_point second_began{};
    std::uint32_t admitted = 0;
    std::uint64_t left_out = 0;
  };

  const std::uint32_t lines_max_;
  std::mutex lock_;
  std::map<std::string, count, std::less<>> counts_;
};

} // namespace holdfast::telemetry
