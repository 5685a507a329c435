#include "holdfast/lease_policy.hpp"

#include <algorithm>

namespace holdfast {

namespace {

/// What a hand-over may take.
constexpr std::int64_t hand_over_ms = 100;

} // namespace

std::int64_t lease_policy::wait_ms(const std::optional<lease>& found,
                                   std::int64_t now_ms) const {
  if (!found || found->holder == with_.self)
    return 0;
  if (found->holder == 0) {
    const auto is_kept = found->next != 0 && found->next != with_.self;
    return is_kept ? std::max<std::int64_t>(found->kept_until_ms - now_ms, 0)
                   : 0;
  }
  const auto left = found->expires_ms - now_ms;
  if (left <= 0)
    return 0;
  // A holder that lives hands it over at the end of its tenure, or soon if
  // that is past. One that does not will let it expire.
  const auto tenure_left = found->since_ms + with_.tenure_ms - now_ms;
  return std::min(left, std::max(tenure_left, hand_over_ms));
}

bool lease_policy::is_stolen(const std::optional<lease>& found) const {
  return found && found->holder != 0 && found->holder != with_.self;
}

bool lease_policy::is_nobodys(const std::optional<lease>& found,
                              std::int64_t now_ms) const {
  const auto is_own = found && found->holder == with_.self;
  return !is_own && wait_ms(found, now_ms) == 0;
}

lease lease_policy::granted(std::uint64_t token, std::int64_t now_ms) const {
  lease made;
  made.token = token;
  made.holder = with_.self;
  made.owner = with_.owner;
  made.since_ms = now_ms;
  made.expires_ms = now_ms + with_.ttl_ms;
  return made;
}

bool lease_policy::must_renew(const lease& held, std::int64_t now_ms) const {
  return held.expires_ms - now_ms <= with_.ttl_ms - with_.ttl_ms / 3;
}

lease lease_policy::renewed(lease held, std::int64_t now_ms) const {
  held.expires_ms = now_ms + with_.ttl_ms;
  return held;
}

bool lease_policy::is_wanted(const std::optional<lease_wish>& wish,
                             std::int64_t now_ms) const {
  return wish && wish->who != with_.self && wish->until_ms > now_ms;
}

bool lease_policy::must_give_way(const lease& is,
                                 const std::optional<lease_wish>& wish,
                                 std::int64_t now_ms) const {
  return is.holder == with_.self && is_wanted(wish, now_ms)
         && now_ms - is.since_ms >= with_.tenure_ms;
}

lease lease_policy::given_up(const lease& held,
                             const std::optional<lease_wish>& wish,
                             std::int64_t now_ms) const {
  lease left;
  left.token = held.token;
  left.since_ms = now_ms;
  left.expires_ms = now_ms;
  if (is_wanted(wish, now_ms)) {
    left.next = wish->who;
    left.kept_until_ms = now_ms + with_.keep_ms;
  }
  return left;
}

std::optional<lease_wish>
lease_policy::wish(const std::optional<lease_wish>& found,
                   std::int64_t now_ms) const {
  if (is_wanted(found, now_ms))
    return std::nullopt;
  const auto is_young = found && found->who == with_.self
                        && found->until_ms - now_ms > with_.wish_ms / 2;
  if (is_young)
    return std::nullopt;
  return lease_wish{with_.self, now_ms + with_.wish_ms};
}

} // namespace holdfast
