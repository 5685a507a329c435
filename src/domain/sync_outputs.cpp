// What rounds leave to be taken, and what is known about them.
#include <algorithm>
#include <utility>

#include "holdfast/sync_rounds.hpp"

namespace holdfast {

std::vector<sync_rounds::collect_order> sync_rounds::take_collects() {
  return std::exchange(collects_, {});
}

std::vector<sync_rounds::witness_order> sync_rounds::take_witnesses() {
  return std::exchange(witnesses_, {});
}

std::vector<sync_rounds::answer> sync_rounds::take_answers() {
  return std::exchange(answers_, {});
}

std::vector<drift> sync_rounds::take_drifts() {
  return std::exchange(drifts_, {});
}

std::uint64_t sync_rounds::take_refused() noexcept {
  std::uint64_t sum = 0;
  for (auto& each : readings_)
    sum += each.take_refused();
  return sum;
}

sync_status sync_rounds::status(clock::time_point now) {
  status_.is_running = is_running_;
  status_.callers = callers_.admitted();
  status_.queued = callers_.waiting();
  status_.breaker = breaker_policy::state::closed;
  for (auto& each : readings_) {
    const auto is = each.breaker(now);
    if (is == breaker_policy::state::open
        || status_.breaker == breaker_policy::state::closed)
      status_.breaker = is;
  }
  return status_;
}

std::chrono::milliseconds
sync_rounds::retry_after(clock::time_point now) const {
  auto soonest = std::chrono::milliseconds::max();
  for (const auto& each : readings_)
    soonest = std::min(soonest, each.retry_after(now));
  return soonest;
}

sync_rounds::clock::time_point sync_rounds::wakes_at() const {
  auto soonest = callers_.wakes_at();
  // A circuit that may be tried again is told to be so, though nobody asks.
  for (const auto& each : readings_)
    soonest = std::min(soonest, each.probes_at());
  switch (is_) {
  case phase::resting:
    return callers_.wants_round() ? clock::time_point::min()
                                  : std::min(soonest, next_due_);
  case phase::collecting:
    for (const auto& each : readings_)
      soonest = std::min(soonest, each.wakes_at());
    return soonest;
  case phase::witnessing:
    break;
  }
  return std::min(soonest, witness_until_);
}

} // namespace holdfast
