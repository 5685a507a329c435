#include "tests/support/answer_reader.hpp"

#include <nlohmann/json.hpp>

#include "holdfast/reservation_id.hpp"
#include "holdfast/words.hpp"
#include "src/history/time_text.hpp"

namespace holdfast::test {

namespace {

using nlohmann::json;

/// Throws `std::bad_optional_access` for what is no time.
std::int64_t time_of(const json& from, const char* name) {
  return history::time_named(from.at(name).get<std::string>()).value();
}

balances record_of(const json& from) {
  balances made;
  made.on_hand = from.at("onHand");
  made.reserved = from.at("reserved");
  made.safety_stock = from.at("safetyStock");
  made.backorder_limit = from.at("backorderLimit");
  made.version = from.at("version");
  made.updated_at_ms = time_of(from, "updatedAt");
  return made;
}

reservation hold_of(const json& from) {
  const std::string id = from.at("reservationId");
  reservation made;
  made.ref = parse_reservation_id(id).value().ref;
  made.state =
      reservation_state_named(from.at("state").get<std::string>()).value();
  made.quantity = from.at("quantity");
  made.committed = from.at("committedQuantity");
  made.released = from.at("releasedQuantity");
  made.created_at_ms = time_of(from, "createdAt");
  made.expires_at_ms = time_of(from, "expiresAt");
  made.owner = from.value("owner", "");
  made.reference = from.value("reference", "");
  return made;
}

outcome refusal_of(const json& from) {
  outcome made;
  made.code = refusal_named(from.at("code").get<std::string>()).value();
  made.expected_version = from.value("expectedVersion", absent);
  made.current_version = from.value("currentVersion", absent);
  made.requested = from.value("requested", absent);
  made.available = from.value("available", absent);
  made.held = from.value("held", absent);
  made.limit = from.value("limit", absent);
  if (made.code == error_code::reservation_closed)
    made.state =
        reservation_state_named(from.at("state").get<std::string>()).value();
  return made;
}

outcome success_of(action asked, const json& from) {
  outcome made;
  const bool has_both = from.contains("reservation");
  made.has_hold = has_both || asked == action::read_reservation;
  if (made.has_hold)
    made.hold = hold_of(has_both ? from.at("reservation") : from);
  made.has_record = has_both ? from.contains("record") : !made.has_hold;
  if (made.has_record)
    made.record = record_of(has_both ? from.at("record") : from);
  return made;
}

} // namespace

std::optional<outcome> read_answer(action asked, const raw_response& response) {
  try {
    const auto body = json::parse(response.body);
    auto made =
        response.status < 300 ? success_of(asked, body) : refusal_of(body);
    made.created = asked == action::count && response.status == 201;
    made.replayed = response.field("Idempotent-Replayed") == "true";
    return made;
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

} // namespace holdfast::test
