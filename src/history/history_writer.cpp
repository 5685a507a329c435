#include <limits>

#include "holdfast/hex.hpp"
#include "holdfast/reservation_id.hpp"
#include "holdfast/words.hpp"
#include "src/history/history.hpp"
#include "src/history/line_builder.hpp"

namespace holdfast::history {

namespace {

void add_members(line_builder& line, const balances& of,
                 std::int64_t available) {
  line.add("onHand", of.on_hand).add("reserved", of.reserved);
  line.add("safetyStock", of.safety_stock);
  line.add("backorderLimit", of.backorder_limit);
  line.add("available", available);
  line.add("version", of.version).add("updatedAt", of.updated_at_ms);
}

void add(line_builder& line, const balances& of, std::int64_t available) {
  line.open("record");
  add_members(line, of, available);
  line.close();
}

void add(line_builder& line, const origin& from, const reservation& hold) {
  line.open("reservation");
  line.add("reservationId",
           format_reservation_id(from.store, from.sku, hold.ref));
  line.add("quantity", hold.quantity);
  line.add("state", to_string(hold.state));
  line.add("committedQuantity", hold.committed);
  line.add("releasedQuantity", hold.released);
  line.add("createdAt", hold.created_at_ms);
  line.add("expiresAt", hold.expires_at_ms);
  line.add("owner", hold.owner).add("reference", hold.reference).close();
}

void add_fingerprint(line_builder& line, const digest& of) {
  if (of != digest{})
    line.add("fingerprint", to_hex(of));
}

std::string tags_of(const etag_condition& condition) {
  if (condition.is == etag_condition::kind::any)
    return "*";
  std::string text;
  for (const auto version : condition.versions)
    text += (text.empty() ? "\"" : ", \"") + std::to_string(version) + '"';
  // A list that names no version of ours is matched by none.
  if (condition.is == etag_condition::kind::list && text.empty())
    return "\"\"";
  return text;
}

void add_question(line_builder& line, const command& ask) {
  const auto& from = ask.from;
  line.add("kind", to_string(from.what));
  line.add("storeId", from.store).add("sku", from.sku);
  line.add("key", from.key);
  line.add(from.what == action::adjust ? "delta" : "quantity", ask.amount);
  line.add("onHand", ask.on_hand).add("safetyStock", ask.safety_stock);
  line.add("backorderLimit", ask.backorder_limit);
  line.add("ttlSeconds", ask.ttl_s);
  line.add("expectedVersion", ask.expected_version);
  line.add("ifMatch", tags_of(ask.if_match));
  line.add("ifNoneMatch", tags_of(ask.if_none_match));
  if (ask.reservation != reservation_ref{})
    line.add("reservationId",
             format_reservation_id(from.store, from.sku, ask.reservation));
  line.add_if("byReservation", from.by_reservation);
  line.add("owner", ask.owner).add("reason", from.reason);
  line.add("reference", from.reference);
  add_fingerprint(line, from.fingerprint);
}

void add_refusal(line_builder& line, const outcome& said) {
  line.open("refusal").add("code", to_string(said.code));
  line.add("expectedVersion", said.expected_version);
  line.add("currentVersion", said.current_version);
  line.add("requested", said.requested).add("available", said.available);
  line.add("held", said.held).add("limit", said.limit);
  if (said.code == error_code::reservation_closed)
    line.add("state", to_string(said.state));
  line.close();
}

void finish(std::ostream& to, line_builder& line) {
  line.close();
  to << line.text() << '\n';
}

} // namespace

void history_writer::write(const checker::terms& with, bool is_part) {
  line_builder line;
  line.open().add("type", "history").add("format", std::int64_t{1});
  line.add("defaultTtlSeconds", with.default_ttl_s);
  line.add("keyTtlMs", with.key_ttl_ms);
  if (with.is_real_time)
    line.add("expiryToleranceMs", with.expiry_tolerance_ms);
  line.add_if("part", is_part);
  finish(to_, line);
}

void history_writer::write(const checker::entry& call) {
  line_builder line;
  line.open().add("type", "call");
  line.add("client", std::int64_t{call.client});
  add_question(line, call.ask);
  line.add("called", call.called_ns);
  if (call.returned_ns != std::numeric_limits<std::int64_t>::max())
    line.add("returned", call.returned_ns);
  const auto& said = call.answer;
  line.add("outcome", !call.known ? "unknown" : said.ok() ? "ok" : "refused");
  if (call.known && said.ok()) {
    if (said.has_record)
      add(line, said.record, said.available);
    if (said.has_hold)
      add(line, call.ask.from, said.hold);
    line.add_if("created", said.created);
  } else if (call.known) {
    add_refusal(line, said);
  }
  if (call.known)
    line.add_if("replayed", said.replayed);
  finish(to_, line);
}

void history_writer::write(const checker::final_record& end) {
  line_builder line;
  line.open().add("type", "final");
  line.add("storeId", end.store).add("sku", end.sku);
  add(line, end.record, end.available);
  finish(to_, line);
}

void history_writer::write(const checker::central_entry& shown) {
  line_builder line;
  line.open().add("type", "central").add("sku", shown.sku);
  line.add("onHand", shown.on_hand).add("reserved", shown.reserved);
  line.add("available", shown.available).open_list("stores");
  for (const auto& each : shown.records) {
    line.open().add("storeId", each.store).add("sku", each.sku);
    add_members(line, each.record, each.available);
    line.close();
  }
  line.close_list();
  finish(to_, line);
}

void history_writer::write(const checker::tenure& had,
                           const std::string& node) {
  line_builder line;
  line.open().add("type", "lease").add("node", node);
  line.add("storeId", had.store).add("sku", had.sku);
  line.add("owner", had.owner).add("token", had.token);
  line.add("grantedAfterSeq", had.granted_after_seq);
  finish(to_, line);
}

void history_writer::write(const event& change, const checker::authority* by,
                           const std::string& node) {
  const auto& from = change.from;
  line_builder line;
  line.open().add("type", to_string(change.type));
  line.add("node", node).add("seq", change.seq);
  // Of the first event of a SKU, and where nobody told it.
  if (change.prev_seq != 0)
    line.add("prevSeq", change.prev_seq);
  line.add("storeId", from.store).add("sku", from.sku);
  line.add("version", change.after.version).add("delta", change.delta);
  line.add("reservedDelta", change.reserved_delta);
  line.add("onHand", change.after.on_hand);
  line.add("reserved", change.after.reserved);
  line.add("safetyStock", change.after.safety_stock);
  line.add("backorderLimit", change.after.backorder_limit);
  line.add("recordedAt", change.after.updated_at_ms);
  line.add("reason", from.reason).add("reference", from.reference);
  line.add("idempotencyKey", from.key).add("actor", from.actor);
  line.add_if("byReservation", from.by_reservation);
  add_fingerprint(line, from.fingerprint);
  // A feed names the hold of its events and tells no more of it.
  if (change.has_hold() && change.hold.quantity == 0)
    line.add("reservationId",
             format_reservation_id(from.store, from.sku, change.hold.ref));
  else if (change.has_hold())
    add(line, from, change.hold);
  if (by != nullptr)
    line.add("writer", by->owner).add("token", by->token);
  finish(to_, line);
}

} // namespace holdfast::history
