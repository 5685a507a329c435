// What the model says about reservations that were granted.
#include "src/checker/model.hpp"

namespace holdfast::checker {

namespace {

outcome exceeds(std::int64_t held) {
  outcome made;
  made.code = error_code::quantity_exceeds_hold;
  made.held = held;
  return made;
}

} // namespace

outcome model::use(const command& ask, std::int64_t now_ms) const {
  const auto found = holds_.find(ask.reservation.grant_version);
  if (found == holds_.end() || found->second.ref != ask.reservation) {
    outcome made;
    made.code = error_code::reservation_not_found;
    return made;
  }
  const auto& hold = found->second;
  return hold.state == reservation_state::active ? use_live(ask, hold, now_ms)
                                                 : use_closed(ask, hold);
}

outcome model::use_live(const command& ask, reservation hold,
                        std::int64_t now_ms) const {
  if (ask.from.what == action::read_reservation)
    return with_hold(show(), hold);
  auto after = now_;
  if (ask.from.what == action::extend) {
    hold.expires_at_ms = ends_ms(ask, now_ms);
    return with_hold(done(after, now_ms), hold);
  }
  const auto left = hold.held();
  const auto amount = ask.amount == absent ? left : ask.amount;
  if (amount > left)
    return exceeds(left);
  if (ask.from.what == action::release) {
    hold.released += amount;
    after.reserved -= amount;
    if (amount == left)
      hold.state = reservation_state::released;
    return with_hold(done(after, now_ms), hold);
  }
  if (amount > now_.on_hand)
    return short_of(amount);
  hold.committed = amount;
  hold.released = hold.quantity - amount;
  hold.state = reservation_state::committed;
  after.on_hand -= amount;
  after.reserved -= left;
  return with_hold(done(after, now_ms), hold);
}

/// The same again is answered with the record as it is now; the other thing is
/// refused with the state.
outcome model::use_closed(const command& ask, const reservation& hold) const {
  const auto what = ask.from.what;
  const auto any = ask.amount == absent;
  if (what == action::read_reservation)
    return with_hold(show(), hold);
  if (what == action::commit && hold.state == reservation_state::committed)
    return any || ask.amount == hold.committed ? with_hold(show(), hold)
                                               : exceeds(0);
  if (what == action::release && hold.state == reservation_state::released)
    return any || ask.amount <= hold.released ? with_hold(show(), hold)
                                              : exceeds(0);
  outcome made;
  made.code = error_code::reservation_closed;
  made.state = hold.state;
  return made;
}

outcome model::expire(const reservation_ref& ref, std::int64_t now_ms) const {
  const auto found = holds_.find(ref.grant_version);
  outcome made;
  if (found == holds_.end()
      || found->second.state != reservation_state::active) {
    made.code = error_code::reservation_not_found;
    return made;
  }
  auto hold = found->second;
  auto after = now_;
  after.reserved -= hold.held();
  hold.released = hold.quantity;
  hold.state = reservation_state::expired;
  return with_hold(done(after, now_ms), hold);
}

} // namespace holdfast::checker
