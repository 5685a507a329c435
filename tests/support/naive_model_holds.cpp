// What the naive model does with reservations.
#include "tests/support/naive_model.hpp"

namespace holdfast::test {

outcome naive_model::grant(const command& ask, std::int64_t now_ms) {
  if (ask.amount > record().available() + backorder_limit_)
    return short_of(ask.amount);
  if (reserved() + ask.amount > 1'000'000'000'000'000) {
    auto no = refuse(error_code::limit_exceeded);
    no.limit = 1'000'000'000'000'000;
    return no;
  }
  next_version(now_ms);
  reservation hold;
  hold.ref.grant_version = version_;
  hold.quantity = ask.amount;
  hold.created_at_ms = now_ms;
  hold.expires_at_ms =
      now_ms + 1000 * (ask.ttl_s == absent ? default_ttl_s_ : ask.ttl_s);
  hold.owner = ask.owner;
  hold.reference = ask.from.reference;
  holds_.push_back(hold);
  return show(hold);
}

outcome naive_model::use_hold(const command& ask, reservation& hold,
                              std::int64_t now_ms) {
  if (ask.from.what == action::read_reservation)
    return show(hold);
  if (ask.from.what == action::extend) {
    hold.expires_at_ms =
        now_ms + 1000 * (ask.ttl_s == absent ? default_ttl_s_ : ask.ttl_s);
    next_version(now_ms);
    return show(hold);
  }
  const auto left = hold.quantity - hold.released;
  const auto amount = ask.amount == absent ? left : ask.amount;
  if (amount > left) {
    auto no = refuse(error_code::quantity_exceeds_hold);
    no.held = left;
    return no;
  }
  if (ask.from.what == action::release) {
    hold.released += amount;
    if (hold.released == hold.quantity)
      hold.state = reservation_state::released;
  } else {
    if (amount > on_hand_)
      return short_of(amount);
    on_hand_ -= amount;
    hold.committed = amount;
    hold.released = hold.quantity - amount;
    hold.state = reservation_state::committed;
  }
  next_version(now_ms);
  return show(hold);
}

outcome naive_model::use_closed(const command& ask,
                                const reservation& hold) const {
  outcome stored;
  stored.has_hold = true;
  stored.hold = hold;
  const bool all = ask.amount == absent;
  bool same = ask.from.what == action::read_reservation;
  bool agrees = true;
  if (ask.from.what == action::commit
      && hold.state == reservation_state::committed) {
    same = true;
    agrees = all || ask.amount == hold.committed;
  }
  if (ask.from.what == action::release
      && hold.state == reservation_state::released) {
    same = true;
    agrees = all || ask.amount <= hold.released;
  }
  if (same && agrees)
    return stored;
  auto no = refuse(same ? error_code::quantity_exceeds_hold
                        : error_code::reservation_closed);
  if (same)
    no.held = 0;
  else
    no.state = hold.state;
  return no;
}

void naive_model::number_grant(std::uint64_t version, std::uint64_t seq) {
  for (auto& hold : holds_)
    if (hold.ref.grant_version == version)
      hold.ref.grant_seq = seq;
}

std::vector<reservation> naive_model::live() const {
  std::vector<reservation> result;
  for (const auto& hold : holds_)
    if (hold.state == reservation_state::active)
      result.push_back(hold);
  return result;
}

std::int64_t naive_model::reserved() const {
  std::int64_t sum = 0;
  for (const auto& hold : holds_)
    if (hold.state == reservation_state::active)
      sum += hold.quantity - hold.released;
  return sum;
}

} // namespace holdfast::test
