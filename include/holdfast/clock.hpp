// Where the time comes from. The domain is told the time; shells ask here.
#pragma once

#include <chrono>
#include <cstdint>

namespace holdfast {

/// Milliseconds since the epoch.
inline std::int64_t unix_ms(std::chrono::system_clock::time_point time) {
  using namespace std::chrono;
  return duration_cast<milliseconds>(time.time_since_epoch()).count();
}

/// Time by which reservations expire and records are dated: milliseconds
/// since the epoch, never going back while the process lives. Thread-safe.
class time_source {
public:
  virtual ~time_source() = default;
  virtual std::int64_t now_ms() const = 0;
};

/// Wall clock at its creation, carried on by the monotonic clock: a step of
/// the wall clock neither shortens nor lengthens a hold.
class steady_time final : public time_source {
public:
  /// Starts at the wall clock, but not before `not_before_ms`: time goes on
  /// where the journal stopped even if the wall clock went back.
  explicit steady_time(std::int64_t not_before_ms = 0) {
    const auto wall = unix_ms(std::chrono::system_clock::now());
    base_ms_ = wall > not_before_ms ? wall : not_before_ms;
  }

  std::int64_t now_ms() const override {
    using namespace std::chrono;
    return base_ms_
           + duration_cast<milliseconds>(steady_clock::now() - start_).count();
  }

private:
  std::int64_t base_ms_;
  std::chrono::steady_clock::time_point start_ =
      std::chrono::steady_clock::now();
};

} // namespace holdfast
