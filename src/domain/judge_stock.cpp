// Commands about the stock as a whole: adjust, count, reserve.
#include <cstdlib>
#include <utility>

#include "judge.hpp"

namespace holdfast {

namespace {

/// What there may be holds of.
constexpr std::int64_t cover(const balances& of) noexcept {
  return of.on_hand + of.backorder_limit;
}

} // namespace

decision adjust(const stock& now, const command& cmd, const circumstances& at) {
  auto change = next_change(event_type::stock_adjusted, now, at.now_ms);
  change.delta = cmd.amount;
  change.after.on_hand += cmd.amount;
  if (!covers_holds(change.after))
    return insufficient_stock(std::abs(cmd.amount), now.now);
  if (!in_range(change.after.on_hand))
    return limit_exceeded(change.after.on_hand);
  return change;
}

decision count(const stock& now, const command& cmd, const circumstances& at) {
  auto change = next_change(event_type::stock_counted, now, at.now_ms);
  auto& after = change.after;
  const std::pair<std::int64_t, std::int64_t*> counted[] = {
      {cmd.on_hand, &after.on_hand},
      {cmd.safety_stock, &after.safety_stock},
      {cmd.backorder_limit, &after.backorder_limit},
  };
  for (const auto& [value, balance] : counted) {
    if (value == absent)
      continue;
    if (!in_range(value))
      return limit_exceeded(value);
    *balance = value;
  }
  // It asks for what it takes away, as an adjust does.
  if (!covers_holds(after))
    return insufficient_stock(cover(now.now) - cover(after), now.now);
  change.delta = after.on_hand - now.now.on_hand;
  return change;
}

decision reserve(const stock& now, const command& cmd,
                 const circumstances& at) {
  if (cmd.amount > now.now.available() + now.now.backorder_limit)
    return insufficient_stock(cmd.amount, now.now);
  if (!in_range(now.now.reserved + cmd.amount))
    return limit_exceeded(now.now.reserved + cmd.amount);
  auto change = next_change(event_type::stock_reserved, now, at.now_ms);
  change.reserved_delta = cmd.amount;
  change.after.reserved += cmd.amount;
  auto& hold = change.hold;
  hold.ref.grant_version = change.after.version;
  hold.quantity = cmd.amount;
  hold.created_at_ms = at.now_ms;
  const auto ttl_s = cmd.ttl_s == absent ? at.default_ttl_s : cmd.ttl_s;
  hold.expires_at_ms = at.now_ms + ttl_s * 1000;
  hold.owner = cmd.owner;
  hold.reference = cmd.from.reference;
  return change;
}

} // namespace holdfast
