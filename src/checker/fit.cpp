// Which events, requests and answers go together.
#include <tuple>

#include "src/checker/sku_case.hpp"

namespace holdfast::checker {

namespace {

bool is_same_thing(const event& change, const command& ask) {
  switch (change.type) {
  case event_type::stock_adjusted:
    return ask.from.what == action::adjust && change.delta == ask.amount;
  case event_type::stock_counted:
    return ask.from.what == action::count
           && says(ask.on_hand, change.after.on_hand)
           && says(ask.safety_stock, change.after.safety_stock)
           && says(ask.backorder_limit, change.after.backorder_limit);
  case event_type::stock_reserved:
    return ask.from.what == action::reserve
           && ask.amount
                  == (change.hold.quantity == 0 ? change.reserved_delta
                                                : change.hold.quantity);
  case event_type::stock_released:
    return ask.from.what == action::release
           && change.hold.ref == ask.reservation;
  case event_type::stock_committed:
    return ask.from.what == action::commit
           && change.hold.ref == ask.reservation;
  case event_type::reservation_extended:
    return ask.from.what == action::extend
           && change.hold.ref == ask.reservation;
  case event_type::reservation_expired:
    return false;
  }
  return false;
}

/// What the body of a request can say.
auto body_of(const command& ask) {
  return std::tie(ask.amount, ask.on_hand, ask.safety_stock,
                  ask.backorder_limit, ask.ttl_s, ask.expected_version,
                  ask.reservation, ask.owner, ask.from.reason,
                  ask.from.reference);
}

/// Beside a record it follows from that.
std::int64_t available_in(const outcome& of) {
  return of.has_record ? of.record.available() : of.available;
}

} // namespace

bool fits(const event& change, const command& ask) {
  const auto& seen = change.from.fingerprint;
  const auto& asked = ask.from.fingerprint;
  return is_same_thing(change, ask) && change.from.reason == ask.from.reason
         && change.from.reference == ask.from.reference
         && (seen == asked || seen == digest{} || asked == digest{});
}

bool may_be_of(const event& change, const entry& call) {
  const auto& said = call.answer;
  return fits(change, call.ask)
         && (!call.known || leaves_doubt(said.code)
             || (said.ok() && said.record.version == change.after.version));
}

bool agree(const outcome& seen, const outcome& expected) {
  const auto tells = [](std::int64_t one, std::int64_t other) {
    return one == absent || one == other;
  };
  return seen.code == expected.code
         && (!seen.has_record
             || (expected.has_record && seen.record == expected.record))
         && (!seen.ok() || seen.has_hold == expected.has_hold)
         && (!seen.has_hold || seen.hold == expected.hold)
         && seen.created == expected.created
         && tells(seen.expected_version, expected.expected_version)
         && tells(seen.current_version, expected.current_version)
         && tells(seen.requested, expected.requested)
         && tells(seen.available, available_in(expected))
         && tells(seen.held, expected.held) && tells(seen.limit, expected.limit)
         && (seen.code != error_code::reservation_closed
             || seen.state == expected.state);
}

bool are_alike(const outcome& one, const outcome& other) {
  if (one.ok() || other.ok())
    return agree(one, other);
  auto said = one;
  for (const auto number :
       {&outcome::expected_version, &outcome::current_version,
        &outcome::requested, &outcome::available, &outcome::held,
        &outcome::limit})
    if (other.*number == absent)
      said.*number = absent;
  return agree(said, other);
}

bool have_same_body(const entry& one, const entry& other) {
  const auto& first = one.ask.from.fingerprint;
  const auto& second = other.ask.from.fingerprint;
  if (first != digest{} && second != digest{})
    return first == second;
  return body_of(one.ask) == body_of(other.ask);
}

} // namespace holdfast::checker
