// One try of an operation, as its caller saw it.
#include <limits>

#include "holdfast/words.hpp"
#include "src/history/parts.hpp"

namespace holdfast::history {

namespace {

bool is_about_hold(action what) {
  return what == action::release || what == action::commit
         || what == action::extend || what == action::read_reservation;
}

command read_question(members& from) {
  command ask;
  const auto kind = action_named(from.text("kind"));
  if (!kind)
    from.fail("kind", "is no kind of operation");
  ask.from.what = *kind;
  read_names(from, ask.from);
  ask.from.key = from.text_or("key", "");
  if (from.has("key") && ask.from.key.empty())
    from.fail("key", "must not be empty");
  const auto is_adjust = ask.from.what == action::adjust;
  const auto* amount = is_adjust ? "delta" : "quantity";
  const auto needs_amount = is_adjust || ask.from.what == action::reserve;
  ask.amount =
      needs_amount ? from.integer(amount) : from.integer_or(amount, absent);
  ask.on_hand = from.integer_or("onHand", absent);
  ask.safety_stock = from.integer_or("safetyStock", absent);
  ask.backorder_limit = from.integer_or("backorderLimit", absent);
  ask.ttl_s = from.integer_or("ttlSeconds", absent);
  ask.expected_version = from.integer_or("expectedVersion", absent);
  ask.if_match = read_condition(from, "ifMatch", false);
  ask.if_none_match = read_condition(from, "ifNoneMatch", true);
  if (is_about_hold(ask.from.what))
    from.text("reservationId"); // or else it is missing
  ask.reservation = read_ref(from, "reservationId", ask.from);
  ask.from.by_reservation = from.flag("byReservation");
  ask.owner = from.text_or("owner", "");
  ask.from.reason = from.text_or("reason", "");
  ask.from.reference = from.text_or("reference", "");
  ask.from.fingerprint = read_fingerprint(from);
  return ask;
}

/// The contract says nothing of what came of these.
bool is_open(error_code code) {
  return code == error_code::deadline_exceeded || code == error_code::internal;
}

} // namespace

checker::entry read_call(members& from) {
  checker::entry made;
  constexpr auto client_max = std::numeric_limits<std::uint32_t>::max();
  made.client =
      static_cast<std::uint32_t>(from.number_to("client", client_max));
  made.ask = read_question(from);
  made.called_ns = static_cast<std::int64_t>(from.number("called"));
  const auto said = from.text("outcome");
  made.known = said != "unknown";
  made.returned_ns =
      made.known ? from.integer("returned")
                 : from.integer_or("returned",
                                   std::numeric_limits<std::int64_t>::max());
  if (made.returned_ns < made.called_ns)
    from.fail("returned", "must not be before /called");
  if (said == "ok") {
    read_success(from, made.ask, made.answer);
  } else if (said == "refused") {
    auto refusal = from.object("refusal");
    if (!refusal)
      from.fail("refusal", "is missing");
    made.answer = read_refusal(*refusal);
    made.known = !is_open(made.answer.code);
  } else if (said != "unknown") {
    from.fail("outcome", "must be ok, refused or unknown");
  }
  made.answer.replayed = from.flag("replayed");
  if (!made.known)
    made.answer = {};
  return made;
}

} // namespace holdfast::history
