#include "holdfast/round_callers.hpp"

#include <algorithm>

namespace holdfast {

bool round_callers::join(std::uint64_t id, clock::time_point deadline) {
  if (queue_.empty() && policy_.acquire(1)) {
    ready_.push_back({id, deadline});
    return true;
  }
  if (policy_.room(queue_.size()) == 0)
    return false;
  queue_.push_back({id, deadline});
  return true;
}

void round_callers::admit() {
  while (!queue_.empty() && policy_.acquire(1)) {
    ready_.push_back(queue_.front());
    queue_.pop_front();
  }
}

void round_callers::begin_round() {
  in_round_.swap(ready_);
  ready_.clear();
}

round_callers::ids round_callers::end_round() {
  ids result;
  for (const auto& each : in_round_)
    result.push_back(each.id);
  policy_.release(in_round_.size());
  in_round_.clear();
  admit();
  return result;
}

round_callers::ids round_callers::expire(clock::time_point now) {
  ids late;
  const auto is_late = [&](const caller& each) {
    if (each.deadline > now)
      return false;
    late.push_back(each.id);
    return true;
  };
  std::erase_if(queue_, is_late);
  const auto held =
      std::erase_if(ready_, is_late) + std::erase_if(in_round_, is_late);
  policy_.release(held);
  admit();
  return late;
}

round_callers::clock::time_point round_callers::wakes_at() const noexcept {
  auto soonest = clock::time_point::max();
  const auto look = [&](const auto& callers) {
    for (const auto& each : callers)
      soonest = std::min(soonest, each.deadline);
  };
  look(queue_);
  look(ready_);
  look(in_round_);
  return soonest;
}

} // namespace holdfast
