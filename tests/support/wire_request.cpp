#include "tests/support/wire_request.hpp"

#include <nlohmann/json.hpp>

#include "holdfast/reservation_id.hpp"

namespace holdfast::test {

namespace {

const char* verb_of(action what) {
  switch (what) {
  case action::adjust:
    return "/adjust";
  case action::reserve:
    return "/reserve";
  case action::release:
    return "/release";
  case action::commit:
    return "/commit";
  default:
    return "";
  }
}

} // namespace

wire_request to_wire(const command& ask) {
  const auto& from = ask.from;
  wire_request made;
  made.method = from.what == action::read ? "GET" : "POST";
  made.target = "/api/inventory/stores/" + from.store + "/inventory/" + from.sku
                + verb_of(from.what);
  if (from.what == action::read)
    return made;
  nlohmann::json body;
  if (ask.amount != absent)
    body[from.what == action::adjust ? "delta" : "quantity"] = ask.amount;
  if (from.what == action::release || from.what == action::commit)
    body["reservationId"] =
        format_reservation_id(from.store, from.sku, ask.reservation);
  if (!from.reason.empty())
    body["reason"] = from.reason;
  if (!from.reference.empty())
    body["reference"] = from.reference;
  made.body = body.dump();
  made.fields = {{"Idempotency-Key", from.key}};
  return made;
}

} // namespace holdfast::test
