// The last distinct things that went wrong.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::telemetry {

/// A fault, however often it came.
struct seen_fault {
  /// What kind it is, e.g. `sku_crashed`.
  std::string event;
  /// What tells it from others of its kind; cut where it is long.
  std::string detail;
  std::uint64_t count = 0;
  std::chrono::system_clock::time_point first;
  std::chrono::system_clock::time_point last;
};

/// Remembers a bounded number of faults: one more drives out the one that was
/// not seen for the longest time. Thread-safe; told the time.
class fault_book {
public:
  using time_point = std::chrono::system_clock::time_point;

  static constexpr std::size_t faults_max = 32;
  static constexpr std::size_t detail_bytes_max = 256;

  /// Counts `times` more of one fault.
  void note(std::string_view event, std::string_view detail, time_point now,
            std::uint64_t times = 1);

  /// The faults, last seen first.
  std::vector<seen_fault> read() const;

private:
  mutable std::mutex lock_;
  std::vector<seen_fault> faults_;
};

/// The book of this process, beside its log.
fault_book& process_faults();

} // namespace holdfast::telemetry
