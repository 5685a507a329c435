#include "requests.hpp"

#include "holdfast/reservation_id.hpp"
#include "http/resource_json.hpp"

using namespace holdfast;
using namespace holdfast::http;
using nlohmann::json;

namespace {

constexpr std::int64_t now_ms = 1'795'327'860'123;

event grant() {
  event change;
  change.seq = 12;
  change.prev_seq = 11;
  change.type = event_type::stock_reserved;
  change.reserved_delta = 6;
  change.after = {120, 6, 4, 2, 7, now_ms};
  change.hold.ref = {7, 12};
  change.hold.quantity = 6;
  change.from.what = action::reserve;
  change.from.store = "store-1";
  change.from.sku = "85123A";
  return change;
}

template <class Write>
json written(Write write) {
  json_writer out;
  write(out);
  return json::parse(out.take());
}

json written_event(const event& change) {
  return written([&](json_writer& out) { write_event(out, "n1", change); });
}

json written_hold(const reservation& hold) {
  return written([&](json_writer& out) {
    write_reservation(out, "store-1", "85123A", hold);
  });
}

} // namespace

TEST_CASE("a record is that of the contract, byte for byte") {
  json_writer out;
  write_record(out, "store-1", "85123A", {120, 6, 0, 0, 7, now_ms});
  CHECK(out.take()
        == R"({"storeId":"store-1","sku":"85123A","onHand":120,"reserved":6,)"
           R"("safetyStock":0,"backorderLimit":0,"available":114,"version":7,)"
           R"("updatedAt":"2026-11-22T06:11:00.123Z"})");
}

TEST_CASE("a SKU of any characters is quoted") {
  const auto record = written([](json_writer& out) {
    write_record(out, "s", "5\" \\ é", {0, 0, 5, 0, 1, 0});
  });
  CHECK(record.at("sku") == "5\" \\ é");
  CHECK(record.at("available") == -5);
}

TEST_CASE("a reservation has all its members") {
  reservation hold;
  hold.ref = {7, 12};
  hold.state = reservation_state::committed;
  hold.quantity = 6;
  hold.committed = 4;
  hold.released = 2;
  hold.created_at_ms = now_ms;
  hold.expires_at_ms = now_ms + 900'000;
  hold.owner = "cart-1";
  hold.reference = "order-7";
  CHECK(written_hold(hold)
        == json{{"reservationId",
                 format_reservation_id("store-1", "85123A", {7, 12})},
                {"storeId", "store-1"},
                {"sku", "85123A"},
                {"quantity", 6},
                {"state", "committed"},
                {"expiresAt", "2026-11-22T06:26:00.123Z"},
                {"owner", "cart-1"},
                {"reference", "order-7"},
                {"committedQuantity", 4},
                {"releasedQuantity", 2},
                {"createdAt", "2026-11-22T06:11:00.123Z"}});
}

TEST_CASE("a reservation leaves out what it does not have") {
  reservation bare;
  bare.ref = {7, 12};
  const auto hold = written_hold(bare);
  CHECK_FALSE(hold.contains("owner"));
  CHECK_FALSE(hold.contains("reference"));
  CHECK(hold.at("committedQuantity") == 0);
  CHECK(hold.size() == 9);
}

TEST_CASE("an event has all its members") {
  auto change = grant();
  change.from.reason = "sale";
  change.from.reference = "order-7";
  change.from.key = "k-1";
  change.from.actor = "till-1";
  CHECK(written_event(change)
        == json{{"seq", 12},
                {"node", "n1"},
                {"type", "stock_reserved"},
                {"storeId", "store-1"},
                {"sku", "85123A"},
                {"version", 7},
                {"delta", 0},
                {"reservedDelta", 6},
                {"onHand", 120},
                {"reserved", 6},
                {"safetyStock", 4},
                {"backorderLimit", 2},
                {"available", 110},
                {"reason", "sale"},
                {"reference", "order-7"},
                {"reservationId",
                 format_reservation_id("store-1", "85123A", {7, 12})},
                {"idempotencyKey", "k-1"},
                {"actor", "till-1"},
                {"recordedAt", "2026-11-22T06:11:00.123Z"}});
}

TEST_CASE("an event leaves out what it does not have") {
  auto change = grant();
  change.hold = {};
  const auto written = written_event(change);
  for (const auto* name :
       {"reason", "reference", "reservationId", "idempotencyKey", "actor"})
    CHECK_FALSE(written.contains(name));
  CHECK(written.size() == 14);
}
