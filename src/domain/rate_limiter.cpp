#include "holdfast/rate_limiter.hpp"

#include <algorithm>

#include "siphash.hpp"

namespace holdfast {

namespace {

using ticks = rate_limit_policy::ticks;
using counted = std::memory_order;

/// Of a word the upper bits are the tag, the lower ones the time, modulo their
/// number, at which the quota is whole again.
constexpr int tag_bits = 24;
constexpr int time_bits = 64 - tag_bits;
constexpr std::uint64_t time_mask = (std::uint64_t{1} << time_bits) - 1;

static_assert(limits::rate_burst_max * rate_limit_policy::ticks_per_request
              < time_mask / 2);

} // namespace

rate_limiter::rate_limiter(rate_quota of, secret key, std::size_t places)
    : policy_(of), key_(key), mask_(places / set_size - 1),
      sets_(std::make_unique<place_set[]>(places / set_size)) {
  // nop
}

ticks rate_limiter::debt_of(word seen, ticks now) const noexcept {
  const auto debt = (seen - now) & time_mask;
  // What lies further ahead than any debt is a time that has passed; but the
  // other thread may have looked at the clock a moment later.
  const auto moment = policy_.at(std::chrono::seconds{1});
  return debt <= policy_.full() + moment ? std::min(debt, policy_.full()) : 0;
}

/// The client's own place, or the one of the set that owes least.
rate_limiter::found rate_limiter::look_up(place_set& in, word tag,
                                          ticks now) const noexcept {
  found least;
  for (auto& place : in.at) {
    const auto seen = place.load(counted::relaxed);
    const auto debt = debt_of(seen, now);
    if (seen >> time_bits == tag && seen != 0)
      return {&place, seen, debt, true};
    least.used += debt != 0 ? 1 : 0;
    if (least.place == nullptr || debt < least.debt)
      least = {&place, seen, debt, false, least.used};
  }
  return least;
}

rate_limiter::found rate_limiter::find_place(std::uint64_t hash, word tag,
                                             ticks now) const noexcept {
  const auto first = look_up(sets_[hash & mask_], tag, now);
  if (first.is_own)
    return first;
  const auto second = look_up(sets_[hash >> 32 & mask_], tag, now);
  if (second.is_own || second.debt < first.debt)
    return second;
  // Newcomers go where there is more room, so that it lasts longest.
  return first.debt == second.debt && second.used < first.used ? second : first;
}

rate_verdict rate_limiter::ask(std::string_view client,
                               std::chrono::nanoseconds since_start) noexcept {
  const auto hash = siphash{key_.low, key_.high}.finish(client);
  const auto tag = hash.high >> time_bits;
  const auto now = policy_.at(since_start);
  for (;;) {
    auto at = find_place(hash.low, tag, now);
    const auto verdict = policy_.judge(at.debt);
    if (!verdict.is_granted)
      return verdict;
    const auto next = tag << time_bits | ((now + at.debt) & time_mask);
    if (at.place->compare_exchange_weak(at.seen, next, counted::relaxed))
      return verdict;
  }
}

} // namespace holdfast
