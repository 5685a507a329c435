// Who waits for a round: a bounded number at once, a bounded number behind
// them, each until its deadline.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <vector>

#include "holdfast/breaker_policy.hpp"
#include "holdfast/bulkhead_policy.hpp"

namespace holdfast {

/// A caller with a permit takes part in the next round that begins. The permit
/// comes back with its answer. Not thread-safe.
class round_callers {
public:
  using clock = breaker_policy::clock;
  using ids = std::vector<std::uint64_t>;

  explicit round_callers(bulkhead_policy policy) : policy_(policy) {
    // nop
  }

  /// False if there is neither a permit nor a place in the queue.
  bool join(std::uint64_t id, clock::time_point deadline);
  /// Some wait for a round to begin.
  bool wants_round() const noexcept {
    return !ready_.empty();
  }
  /// Those with a permit take part.
  void begin_round();
  /// Those that took part.
  ids end_round();
  /// Those whose deadline has passed.
  ids expire(clock::time_point now);
  /// The next deadline.
  clock::time_point wakes_at() const noexcept;
  /// Those with a permit.
  std::size_t admitted() const noexcept {
    return policy_.in_use();
  }
  std::size_t waiting() const noexcept {
    return queue_.size();
  }

private:
  struct caller {
    std::uint64_t id = 0;
    clock::time_point deadline;
  };

  void admit();

  bulkhead_policy policy_;
  /// Without a permit, oldest first.
  std::deque<caller> queue_;
  std::vector<caller> ready_;
  std::vector<caller> in_round_;
};

} // namespace holdfast
