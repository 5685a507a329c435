// Where the time comes from. The domain is told the time; shells ask here.
#pragma once

#include <chrono>
#include <cstdint>

namespace holdfast {

/// Time by which reservations expire and records are dated: milliseconds
/// since the epoch, never going back while the process lives. Thread-safe.
class time_source {
public:
  virtual ~time_source() = default;
  virtual std::int64_t now_ms() const = 0;
};

/// Wall clock in milliseconds since the epoch. It may be set at any time.
inline std::int64_t wall_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch())
      .count();
}

/// Carried on by the monotonic clock: a step of the wall clock neither
/// shortens nor lengthens a hold.
class steady_time final : public time_source {
public:
  explicit steady_time(std::int64_t start_ms = wall_ms()) : base_ms_(start_ms) {
    // nop
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
