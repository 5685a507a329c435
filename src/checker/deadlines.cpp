#include "src/checker/deadlines.hpp"

#include <algorithm>
#include <limits>

#include "src/checker/sku_case.hpp"

namespace holdfast::checker {

namespace {

constexpr auto always = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t ns_per_ms = 1'000'000;
/// More than any hold lives: an event may say anything.
constexpr std::int64_t life_max_ms = 100'000'000;

/// Some time after `at_ns`, which may be the end of all times.
std::int64_t after(std::int64_t at_ns, std::int64_t by_ms) {
  const auto by_ns = by_ms * ns_per_ms;
  return by_ns > 0 && at_ns > never - by_ns ? never : at_ns + by_ns;
}

} // namespace

void store_dates::sort() {
  std::sort(told_.begin(), told_.end());
  for (std::size_t i = 1; i < told_.size(); ++i)
    told_[i].second = std::max(told_[i].second, told_[i - 1].second);
}

std::int64_t store_dates::told_before(std::int64_t at_ns) const {
  const auto found =
      std::partition_point(told_.begin(), told_.end(), [=](const auto& each) {
        return each.first < at_ns;
      });
  return found == told_.begin() ? always : std::prev(found)->second;
}

bool store_dates::is_known_before(std::int64_t at_ns) const {
  return told_before(at_ns) != always;
}

deadlines::deadlines(const timeline& times, const surroundings& in)
    : times_(times), in_(in) {
  // nop
}

deadlines::span deadlines::span_of(const event& change) const {
  const auto tolerance_ms = in_.with.expiry_tolerance_ms;
  const auto& ends_ms = change.hold.expires_at_ms;
  span made{ends_ms + tolerance_ms, always, never};
  if (!in_.with.is_real_time)
    return made;
  const auto life_ms = std::clamp<std::int64_t>(
      ends_ms - change.after.updated_at_ms, 0, life_max_ms);
  const auto version = change.after.version;
  if (const auto asked_ns = times_.asked_ns(version); asked_ns != always)
    made.first_ns = after(asked_ns, life_ms - tolerance_ms);
  if (const auto known_ns = times_.known_ns(version); known_ns != never)
    made.last_ns = after(known_ns, life_ms + tolerance_ms);
  return made;
}

void deadlines::apply(const event& change) {
  if (in_.with.expiry_tolerance_ms == absent || !change.has_hold())
    return;
  const auto grant = change.hold.ref.grant_version;
  const auto sets_time = change.type == event_type::stock_reserved
                         || change.type == event_type::reservation_extended;
  const auto is_live = change.hold.state == reservation_state::active;
  if (is_live && !sets_time)
    return;
  if (const auto old = holds_.find(grant); old != holds_.end()) {
    by_date_.erase({old->second.date_ms, grant});
    by_last_.erase({old->second.last_ns, grant});
    holds_.erase(old);
  }
  if (!is_live)
    return;
  const auto made = span_of(change);
  holds_.emplace(grant, made);
  by_date_.emplace(made.date_ms, grant);
  by_last_.emplace(made.last_ns, grant);
}

bool deadlines::are_over(std::int64_t at_ns) const {
  if (holds_.empty())
    return false;
  return by_last_.begin()->first < at_ns
         || by_date_.begin()->first < in_.dates.told_before(at_ns);
}

bool deadlines::is_early(const event& expiry) const {
  const auto found = holds_.find(expiry.hold.ref.grant_version);
  return found != holds_.end()
         && times_.known_ns(expiry.after.version) < found->second.first_ns;
}

bool deadlines::is_dated_back(const event& change) const {
  const auto tolerance_ms = in_.with.expiry_tolerance_ms;
  const auto asked_ns = times_.asked_ns(change.after.version);
  return tolerance_ms != absent
         && change.after.updated_at_ms + tolerance_ms
                < in_.dates.told_before(asked_ns);
}

} // namespace holdfast::checker
