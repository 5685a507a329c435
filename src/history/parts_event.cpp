// An event from a line of the feed, or of a history, and who might write it.
#include "src/history/parts.hpp"

namespace holdfast::history {

namespace {

action cause_of(event_type type) {
  switch (type) {
  case event_type::stock_adjusted:
    return action::adjust;
  case event_type::stock_counted:
    return action::count;
  case event_type::stock_reserved:
    return action::reserve;
  case event_type::stock_released:
    return action::release;
  case event_type::stock_committed:
    return action::commit;
  case event_type::reservation_extended:
    return action::extend;
  case event_type::reservation_expired:
    break;
  }
  return action::read;
}

} // namespace

event read_event(members& from, event_type type, std::int64_t& available) {
  event made;
  made.type = type;
  made.seq = from.number("seq");
  made.prev_seq = from.number_or("prevSeq", 0);
  made.from.what = cause_of(type);
  read_names(from, made.from);
  made.delta = from.amount("delta");
  made.reserved_delta = from.amount("reservedDelta");
  made.after = read_balances(from);
  made.after.version = from.number("version");
  made.after.updated_at_ms = from.time("recordedAt");
  made.from.reason = from.text_or("reason", "");
  made.from.reference = from.text_or("reference", "");
  made.from.key = from.text_or("idempotencyKey", "");
  made.from.actor = from.text_or("actor", "");
  made.from.by_reservation = from.flag("byReservation");
  made.from.fingerprint = read_fingerprint(from);
  // The feed names the reservation and leaves the rest to the rules.
  const auto named = read_ref(from, "reservationId", made.from);
  made.hold.ref = named;
  if (auto hold = from.object("reservation")) {
    made.hold = read_reservation(*hold, made.from);
    // The checker takes it for one that is not told.
    if (made.hold.quantity == 0)
      from.fail("reservation", "is of nothing");
  }
  if (named != reservation_ref{} && named != made.hold.ref)
    from.fail("reservationId", "is not that of /reservation");
  available = from.integer_or("available", absent);
  return made;
}

checker::tenure read_tenure(members& from) {
  origin of;
  read_names(from, of);
  return {of.store, of.sku, from.text("owner"), from.number("token"),
          from.number("grantedAfterSeq")};
}

} // namespace holdfast::history
