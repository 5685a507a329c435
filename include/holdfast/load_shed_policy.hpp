// When there is too much work for one more request.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "holdfast/limits.hpp"

namespace holdfast {

/// Refuses what would wait behind too many others, or for so long that its
/// caller would be gone. Told the time and what the node has in flight; not
/// thread-safe, but several that are told the same numbers agree.
///
/// The wait is only foreseen while requests wait for a permit. What is at work
/// goes to the journal together, so its number says nothing about its time.
class load_shed_policy {
public:
  using clock = std::chrono::steady_clock;

  struct settings {
    /// Requests at work at once; the rest of those in flight waits. 0: no
    /// limit, and whatever is in flight counts as waiting.
    std::size_t permits = 16;
    /// Requests that may wait; 0 turns shedding off.
    std::size_t waiting_max = 1'000;
    clock::duration write_wait_max = limits::write_wait_max;
    clock::duration read_wait_max = limits::read_wait_max;
  };

  enum class verdict : std::uint8_t {
    admit,
    /// Too many wait already.
    queue_full,
    /// Its turn would come too late.
    too_late,
  };

  explicit load_shed_policy(settings with) : with_(with) {
    // nop
  }

  /// To be told a few times a second: how many requests were done with since
  /// the start, and how many are in flight now.
  void record(clock::time_point now, std::uint64_t served,
              std::size_t in_flight);

  /// Whether one more may join `in_flight` others.
  verdict judge(bool is_write, std::size_t in_flight,
                clock::time_point now) const;

  /// From now to the answer of a request that joins `in_flight` others; 0 where
  /// nothing waits, or nothing is known.
  clock::duration expected_wait(std::size_t in_flight,
                                clock::time_point now) const;

  /// The same as the seconds a caller is told to stay away, from 1 to
  /// `limits::retry_after_s_max`.
  std::uint32_t retry_after_s(std::size_t in_flight,
                              clock::time_point now) const;

private:
  /// One more would have to wait.
  bool is_saturated(std::size_t in_flight) const noexcept {
    return with_.permits != 0 && in_flight >= with_.permits;
  }

  settings with_;
  /// The past, halved every `memory`: answers while others waited, and the
  /// time that passed meanwhile.
  double answers_ = 0;
  double busy_s_ = 0;
  std::uint64_t served_ = 0;
  clock::time_point told_at_{};
  clock::time_point last_answer_{};
  bool was_saturated_ = false;
};

} // namespace holdfast
