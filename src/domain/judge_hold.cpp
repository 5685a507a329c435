// Commands about one live reservation: read, release, commit, extend.
#include <cassert>

#include "judge.hpp"

namespace holdfast {

namespace {

outcome read_hold(const stock& now, const reservation& hold) {
  outcome result;
  result.has_record = true;
  result.record = now.now;
  result.has_hold = true;
  result.hold = hold;
  return result;
}

outcome quantity_exceeds_hold(std::int64_t held) {
  auto result = refusal(error_code::quantity_exceeds_hold);
  result.held = held;
  return result;
}

decision release(const stock& now, const reservation& hold, std::int64_t amount,
                 std::int64_t now_ms) {
  auto change = next_change(event_type::stock_released, now, now_ms);
  change.reserved_delta = -amount;
  change.after.reserved -= amount;
  change.hold = hold;
  change.hold.released += amount;
  if (change.hold.held() == 0)
    change.hold.state = reservation_state::released;
  return change;
}

/// Ships `amount` and gives the rest back: a commit always ends the hold. The
/// holds that stay are covered as before, since on hand falls by no more than
/// reserved does.
decision commit(const stock& now, const reservation& hold, std::int64_t amount,
                std::int64_t now_ms) {
  if (amount > now.now.on_hand)
    return insufficient_stock(amount, now.now);
  auto change = next_change(event_type::stock_committed, now, now_ms);
  const auto held = hold.held();
  change.delta = -amount;
  change.reserved_delta = -held;
  change.after.on_hand -= amount;
  change.after.reserved -= held;
  assert(covers_holds(change.after));
  change.hold = hold;
  change.hold.committed += amount;
  change.hold.released += held - amount;
  change.hold.state = reservation_state::committed;
  return change;
}

decision extend(const stock& now, const reservation& hold, const command& cmd,
                const circumstances& at) {
  auto change = next_change(event_type::reservation_extended, now, at.now_ms);
  const auto ttl_s = cmd.ttl_s == absent ? at.default_ttl_s : cmd.ttl_s;
  change.hold = hold;
  change.hold.expires_at_ms = at.now_ms + ttl_s * 1000;
  return change;
}

/// The same thing done twice is the stored outcome, unless the second asks for
/// other than what the first `did`.
outcome judge_again(const reservation& hold, bool as_before) {
  if (!as_before)
    return quantity_exceeds_hold(0);
  outcome result;
  result.has_hold = true;
  result.hold = hold;
  return result;
}

outcome reservation_closed(reservation_state state) {
  auto result = refusal(error_code::reservation_closed);
  result.state = state;
  return result;
}

} // namespace

decision judge_hold(const stock& now, const reservation& hold,
                    const command& cmd, const circumstances& at) {
  if (cmd.from.what == action::read_reservation)
    return read_hold(now, hold);
  if (cmd.from.what == action::extend)
    return extend(now, hold, cmd, at);
  const auto held = hold.held();
  const auto amount = cmd.amount == absent ? held : cmd.amount;
  if (amount > held)
    return quantity_exceeds_hold(held);
  return cmd.from.what == action::release
             ? release(now, hold, amount, at.now_ms)
             : commit(now, hold, amount, at.now_ms);
}

outcome judge_closed(const command& cmd, const event& closing) {
  const auto& hold = closing.hold;
  if (closing.from.store != cmd.from.store || closing.from.sku != cmd.from.sku
      || hold.ref != cmd.reservation)
    return refusal(error_code::reservation_not_found);
  const auto all = cmd.amount == absent;
  if (cmd.from.what == action::read_reservation)
    return judge_again(hold, true);
  if (cmd.from.what == action::commit
      && hold.state == reservation_state::committed)
    return judge_again(hold, all || cmd.amount == hold.committed);
  if (cmd.from.what == action::release
      && hold.state == reservation_state::released)
    return judge_again(hold, all || cmd.amount <= hold.released);
  return reservation_closed(hold.state);
}

} // namespace holdfast
