#include "http/resource_json.hpp"

#include "holdfast/reservation_id.hpp"
#include "holdfast/words.hpp"

namespace holdfast::http {

namespace {

void write_balances(json_writer& out, const balances& of) {
  out.member("onHand", of.on_hand).member("reserved", of.reserved);
  out.member("safetyStock", of.safety_stock);
  out.member("backorderLimit", of.backorder_limit);
  out.member("available", of.available());
}

} // namespace

void write_record(json_writer& out, std::string_view store,
                  std::string_view sku, const balances& record) {
  out.open('{').member("storeId", store).member("sku", sku);
  write_balances(out, record);
  out.member("version", record.version);
  out.member_time("updatedAt", record.updated_at_ms).close('}');
}

void write_reservation(json_writer& out, std::string_view store,
                       std::string_view sku, const reservation& hold) {
  out.open('{');
  out.member("reservationId", format_reservation_id(store, sku, hold.ref));
  out.member("storeId", store).member("sku", sku);
  out.member("quantity", hold.quantity);
  out.member("state", to_string(hold.state));
  out.member_time("expiresAt", hold.expires_at_ms);
  out.member_if("owner", hold.owner).member_if("reference", hold.reference);
  out.member("committedQuantity", hold.committed);
  out.member("releasedQuantity", hold.released);
  out.member_time("createdAt", hold.created_at_ms).close('}');
}

void write_event(json_writer& out, std::string_view node, const event& change) {
  const auto& from = change.from;
  out.open('{').member("seq", change.seq).member("node", node);
  out.member("type", to_string(change.type));
  out.member("storeId", from.store).member("sku", from.sku);
  out.member("version", change.after.version).member("delta", change.delta);
  out.member("reservedDelta", change.reserved_delta);
  write_balances(out, change.after);
  out.member_if("reason", from.reason).member_if("reference", from.reference);
  if (change.has_hold())
    out.member("reservationId",
               format_reservation_id(from.store, from.sku, change.hold.ref));
  out.member_if("idempotencyKey", from.key).member_if("actor", from.actor);
  out.member_time("recordedAt", change.after.updated_at_ms).close('}');
}

} // namespace holdfast::http
