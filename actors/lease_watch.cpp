#include "actors/lease_watch.hpp"

#include <algorithm>

namespace holdfast {

std::int64_t lease_watch::wait_ms(const leased_name& of, std::int64_t now_ms) {
  const std::lock_guard guard{mutex_};
  const auto found = known_.find(of);
  if (found == known_.end())
    return 0;
  want(*found, now_ms);
  // That its time is over does not make it free: the writer will see.
  return std::max<std::int64_t>(found->second.free_at_ms - now_ms, 1);
}

bool lease_watch::is_free(const leased_name& of, std::int64_t now_ms) {
  const auto wait = board_->wait_ms(of.first, of.second, now_ms);
  const std::lock_guard guard{mutex_};
  const auto found = known_.find(of);
  if (wait == 0) {
    if (found != known_.end())
      forget(found);
    return true;
  }
  if (found == known_.end())
    make_room();
  auto& known = *known_.try_emplace(of).first;
  known.second.free_at_ms = now_ms + wait;
  want(known, now_ms);
  return false;
}

void lease_watch::look_again(std::int64_t now_ms) {
  for (const auto& of : turn(now_ms)) {
    const auto wait = board_->wait_ms(of.first, of.second, now_ms);
    const std::lock_guard guard{mutex_};
    // Only the journal writer forgets.
    const auto known = known_.find(of);
    if (wait == 0)
      forget(known);
    else
      known->second.free_at_ms = now_ms + wait;
  }
}

void lease_watch::leave_wishes(std::int64_t now_ms) {
  for (const auto& [store, sku] : take_wishes())
    board_->want(store, sku, now_ms);
}

std::size_t lease_watch::size() const {
  const std::lock_guard guard{mutex_};
  return known_.size();
}

void lease_watch::want(places::value_type& known, std::int64_t now_ms) {
  known.second.asked_ms = now_ms;
  if (known.second.wish != 0)
    return;
  known.second.wish = ++last_wish_;
  wishes_.emplace(last_wish_, known.first);
}

void lease_watch::forget(places::iterator which) {
  wishes_.erase(which->second.wish);
  known_.erase(which);
}

void lease_watch::make_room() {
  if (known_.size() == skus_max)
    forget(next());
}

lease_watch::places::iterator lease_watch::next() {
  const auto found = known_.upper_bound(last_);
  return found == known_.end() ? known_.begin() : found;
}

std::vector<leased_name> lease_watch::turn(std::int64_t now_ms) {
  const std::lock_guard guard{mutex_};
  std::vector<leased_name> names;
  for (auto left = std::min(known_.size(), step_max); left > 0; --left) {
    const auto each = next();
    last_ = each->first;
    if (now_ms - each->second.asked_ms > memory_ms)
      forget(each);
    else
      names.push_back(last_);
  }
  return names;
}

std::vector<leased_name> lease_watch::take_wishes() {
  const std::lock_guard guard{mutex_};
  std::vector<leased_name> names;
  while (!wishes_.empty() && names.size() < step_max) {
    auto oldest = wishes_.extract(wishes_.begin());
    known_.at(oldest.mapped()).wish = 0;
    names.push_back(std::move(oldest.mapped()));
  }
  return names;
}

} // namespace holdfast
