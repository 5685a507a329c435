#include "http/letter_json.hpp"

#include "holdfast/reservation_id.hpp"
#include "holdfast/words.hpp"
#include "http/cursor.hpp"
#include "http/json_writer.hpp"

namespace holdfast::http {

namespace {

void number_if(json_writer& out, std::string_view name, std::int64_t value) {
  if (value != absent)
    out.member(name, value);
}

/// As the field would have it.
std::string text_of(const etag_condition& condition) {
  if (condition.is == etag_condition::kind::any)
    return "*";
  std::string text;
  for (const auto version : condition.versions)
    text.append(text.empty() ? "\"" : ", \"")
        .append(std::to_string(version))
        .append("\"");
  return text;
}

/// The members of its body, and the conditions of its fields.
void write_payload(json_writer& out, const command& ask) {
  const auto& from = ask.from;
  out.open('{');
  number_if(out, from.what == action::adjust ? "delta" : "quantity",
            ask.amount);
  number_if(out, "onHand", ask.on_hand);
  number_if(out, "safetyStock", ask.safety_stock);
  number_if(out, "backorderLimit", ask.backorder_limit);
  number_if(out, "ttlSeconds", ask.ttl_s);
  number_if(out, "expectedVersion", ask.expected_version);
  if (ask.reservation.grant_version != 0)
    out.member("reservationId",
               format_reservation_id(from.store, from.sku, ask.reservation));
  out.member_if("owner", ask.owner).member_if("reason", from.reason);
  out.member_if("reference", from.reference);
  out.member_if("ifMatch", text_of(ask.if_match));
  out.member_if("ifNoneMatch", text_of(ask.if_none_match)).close('}');
}

void write_letter(json_writer& out, const dead_letter& letter) {
  const auto& from = letter.ask.from;
  out.open('{').member("id", std::to_string(letter.id));
  out.member("storeId", from.store).member("sku", from.sku);
  out.member("action", to_string(from.what)).member("cause", letter.cause);
  out.member("attempts", std::int64_t{letter.attempts});
  out.member_time("firstFailedAt", letter.first_ms);
  out.member_time("lastFailedAt", letter.last_ms);
  out.member_if("idempotencyKey", from.key).member_if("actor", from.actor);
  out.name("payload");
  write_payload(out, letter.ask);
  out.close('}');
}

} // namespace

api_response render_letters(const operation& done) {
  const auto& part = *done.letter;
  json_writer out;
  out.reserve(64 + 512 * part.found.size());
  out.open('{').name("deadLetters").open('[');
  for (const auto& letter : part.found)
    write_letter(out, letter);
  out.close(']');
  if (part.has_more)
    out.member("nextCursor", encode_letter_cursor(part.found.back().id));
  out.close('}');
  return json_answer(out.take());
}

api_response render_dropped_letter(const operation& done) {
  json_writer out;
  write_letter(out, done.letter->found.front());
  return json_answer(out.take());
}

} // namespace holdfast::http
