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
  case action::extend:
    return "/extend";
  default:
    return "";
  }
}

const char* method_of(action what) {
  if (what == action::read)
    return "GET";
  return what == action::count ? "PUT" : "POST";
}

std::string hold_of(const command& ask) {
  return format_reservation_id(ask.from.store, ask.from.sku, ask.reservation);
}

std::string target_of(const command& ask) {
  const auto& from = ask.from;
  const auto at = from.by_reservation ? "/api/reservations/" + hold_of(ask)
                                      : "/api/inventory/stores/" + from.store
                                            + "/inventory/" + from.sku;
  return at + verb_of(from.what);
}

std::string body_of(const command& ask) {
  const auto& from = ask.from;
  auto body = nlohmann::json::object();
  for (const auto& [name, value] :
       {std::pair{from.what == action::adjust ? "delta" : "quantity",
                  ask.amount},
        std::pair{"onHand", ask.on_hand},
        std::pair{"safetyStock", ask.safety_stock},
        std::pair{"backorderLimit", ask.backorder_limit},
        std::pair{"ttlSeconds", ask.ttl_s},
        std::pair{"expectedVersion", ask.expected_version}})
    if (value != absent)
      body[name] = value;
  if (!from.by_reservation
      && (from.what == action::release || from.what == action::commit))
    body["reservationId"] = hold_of(ask);
  if (!from.reason.empty())
    body["reason"] = from.reason;
  if (!from.reference.empty())
    body["reference"] = from.reference;
  return body.dump();
}

void add_condition(http_client::fields& to, const char* name,
                   const etag_condition& of) {
  std::string value = of.is == etag_condition::kind::any ? "*" : "";
  for (const auto version : of.versions)
    value += (value.empty() ? "\"" : ", \"") + std::to_string(version) + '"';
  if (!value.empty())
    to.emplace_back(name, value);
}

} // namespace

wire_request to_wire(const command& ask) {
  wire_request made;
  made.method = method_of(ask.from.what);
  made.target = target_of(ask);
  if (ask.from.what == action::read)
    return made;
  made.body = body_of(ask);
  made.fields = {{"Idempotency-Key", ask.from.key}};
  add_condition(made.fields, "If-Match", ask.if_match);
  add_condition(made.fields, "If-None-Match", ask.if_none_match);
  return made;
}

} // namespace holdfast::test
