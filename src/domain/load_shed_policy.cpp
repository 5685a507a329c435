#include "holdfast/load_shed_policy.hpp"

#include <algorithm>
#include <cmath>

namespace holdfast {

namespace {

using namespace std::chrono_literals;
using seconds = std::chrono::duration<double>;

/// After this time an observation counts half.
constexpr seconds memory = 1s;
/// No pace is known from less than that; what is left of older observations
/// falls below it one and a half seconds after the last of them.
constexpr seconds seen_min = 500ms;

} // namespace

void load_shed_policy::record(clock::time_point now, std::uint64_t served,
                              std::size_t in_flight) {
  const auto news = static_cast<double>(served - served_);
  const auto is_saturated_now = is_saturated(in_flight);
  if (news > 0 || !was_saturated_)
    last_answer_ = now;
  const seconds span = now - told_at_;
  const auto fade = std::exp2(-span / memory);
  answers_ *= fade;
  busy_s_ *= fade;
  // Callers and not the node set the pace of a time in which nobody waited.
  if (was_saturated_ && is_saturated_now) {
    answers_ += news;
    busy_s_ += span.count();
  }
  served_ = served;
  told_at_ = now;
  was_saturated_ = is_saturated_now;
}

load_shed_policy::clock::duration
load_shed_policy::expected_wait(std::size_t in_flight,
                                clock::time_point now) const {
  if (!is_saturated(in_flight))
    return {};
  // Nothing moves: it will take at least as long as it has taken.
  const seconds standstill = was_saturated_ ? now - last_answer_ : 0s;
  seconds wait = standstill;
  // A rate of nothing at all says no more than that.
  if (answers_ >= 1 && busy_s_ >= seen_min.count())
    wait = std::max(
        wait, seconds{static_cast<double>(in_flight) * busy_s_ / answers_});
  return std::chrono::duration_cast<clock::duration>(
      std::min<seconds>(wait, 1h));
}

load_shed_policy::verdict load_shed_policy::judge(bool is_write,
                                                  std::size_t in_flight,
                                                  clock::time_point now) const {
  if (with_.waiting_max == 0)
    return verdict::admit;
  if (in_flight >= with_.permits + with_.waiting_max)
    return verdict::queue_full;
  const auto wait_max = is_write ? with_.write_wait_max : with_.read_wait_max;
  return expected_wait(in_flight, now) > wait_max ? verdict::too_late
                                                  : verdict::admit;
}

std::uint32_t load_shed_policy::retry_after_s(std::size_t in_flight,
                                              clock::time_point now) const {
  const auto wait =
      std::chrono::ceil<std::chrono::seconds>(expected_wait(in_flight, now));
  return static_cast<std::uint32_t>(
      std::clamp<std::int64_t>(wait.count(), 1, limits::retry_after_s_max));
}

} // namespace holdfast
