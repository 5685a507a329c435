// What lines of a history say.
#include <doctest/doctest.h>

#include <set>
#include <sstream>

#include "holdfast/limits.hpp"
#include "holdfast/reservation_id.hpp"
#include "src/history/history.hpp"

using namespace holdfast;

TEST_CASE("a line of the feed is an event, whoever printed it") {
  std::istringstream in{
      R"({"seq":7,"node":"n1","type":"stock_reserved","storeId":"S",)"
      R"("sku":"BANK CHARGES","version":3,"delta":0,"reservedDelta":2,)"
      R"("onHand":9,"reserved":2,"safetyStock":0,"backorderLimit":0,)"
      R"("available":7,"reason":"r","reference":"o-1",)"
      R"("reservationId":"3.7~S~QkFOSyBDSEFSR0VT","idempotencyKey":"k",)"
      R"("recordedAt":"2026-11-22T06:11:00.123Z"})"};
  history::told told;
  history::read_history(in, "it", told);
  REQUIRE(told.journal.size() == 1);
  const auto& change = told.journal.front();
  CHECK(change.seq == 7);
  CHECK(change.from.what == action::reserve);
  CHECK(change.hold.ref == reservation_ref{3, 7});
  CHECK(change.after.updated_at_ms == 1'795'327'860'123);
  CHECK(change.from.key == "k");
  CHECK(told.odd_events.empty());
}

TEST_CASE("a SKU of the central view is told as HTTP tells it") {
  std::istringstream in{
      R"({"type":"central","sku":"A","onHand":1,"reserved":0,)"
      R"("available":1,"stores":[{"storeId":"S","sku":"A","onHand":1,)"
      R"("reserved":0,)"
      R"("safetyStock":0,"backorderLimit":0,"available":1,"version":3,)"
      R"("updatedAt":"2026-11-22T06:11:00.123Z"}],)"
      R"("asOf":"2026-11-22T06:11:01.000Z","complete":true})"};
  history::told told;
  history::read_history(in, "it", told);
  REQUIRE(told.central.size() == 1);
  const auto& shown = told.central.front();
  CHECK(shown.on_hand == 1);
  REQUIRE(shown.records.size() == 1);
  CHECK(shown.records.front().store == "S");
  CHECK(shown.records.front().available == 1);
  CHECK(shown.records.front().record.version == 3);
}

TEST_CASE("a history says how far from its time a hold may end") {
  for (const std::int64_t said : {0, 5'000}) {
    std::istringstream in{R"({"type":"history","format":1,"expiryToleranceMs":)"
                          + std::to_string(said) + '}'};
    history::told told;
    CHECK(told.with.expiry_tolerance_ms == 1'000);
    CHECK_FALSE(told.with.is_real_time);
    history::read_history(in, "it", told);
    CHECK(told.with.expiry_tolerance_ms == said);
    CHECK(told.with.is_real_time);
  }
}

TEST_CASE("a hold of another SKU may be asked for") {
  std::istringstream in{
      R"({"type":"call","client":2,"kind":"release","storeId":"s","sku":"A",)"
      R"("reservationId":"2.j~s~Qg","called":20,"returned":21,)"
      R"("outcome":"refused","refusal":{"code":"reservation_not_found"}})"};
  history::told told;
  history::read_history(in, "it", told);
  REQUIRE(told.calls.size() == 1);
  CHECK(told.calls.front().ask.reservation.grant_seq == limits::seq_max);
}

TEST_CASE("an event that says that none came before is a first one") {
  const auto is_odd = [](int version, const std::string& said) {
    std::istringstream in{
        R"({"type":"stock_adjusted","seq":7,"storeId":"S","sku":"A","version":)"
        + std::to_string(version)
        + R"(,"delta":1,"reservedDelta":0,"onHand":1,"reserved":0,)" + said
        + R"("recordedAt":5})"};
    history::told told;
    history::read_history(in, "it", told);
    return !told.odd_events.empty();
  };
  CHECK(is_odd(2, R"("prevSeq":0,)"));
  CHECK_FALSE(is_odd(1, R"("prevSeq":0,)"));
  CHECK_FALSE(is_odd(2, ""));
  CHECK_FALSE(is_odd(2, R"("prevSeq":6,)"));
}

TEST_CASE("a number that nothing can hold is refused with its line") {
  for (const auto& number :
       {std::string{"1e999"}, std::string{"-1e999"}, std::string(400, '9')}) {
    CAPTURE(number);
    std::istringstream in{R"({"type":"history","format":1,"keyTtlMs":)" + number
                          + '}'};
    history::told told;
    CHECK_THROWS_WITH_AS(history::read_history(in, "it", told),
                         "it, line 1: it has a number that is too large",
                         history::history_error);
  }
}

TEST_CASE("nobody knows what came of a request that was told so") {
  const auto is_known = [](const std::string& code) {
    std::istringstream in{
        R"({"type":"call","client":1,"kind":"adjust","storeId":"S","sku":"A",)"
        R"("delta":1,"called":5,"returned":6,"outcome":"refused",)"
        R"("refusal":{"code":")"
        + code + R"("}})"};
    history::told told;
    history::read_history(in, "it", told);
    return told.calls.at(0).known;
  };
  for (const auto* code : {"deadline_exceeded", "internal"})
    CHECK_FALSE(is_known(code));
  for (const auto* code : {"insufficient_stock", "store_unavailable",
                           "read_only", "shutting_down"})
    CHECK(is_known(code));
}

TEST_CASE("an id of another SKU is not what should have been told") {
  const auto found = [](const std::string& told_sku,
                        const std::string& event_sku) {
    const auto id_of = [](const std::string& sku) {
      return R"("reservationId":")" + format_reservation_id("S", sku, {2, 2})
             + '"';
    };
    std::istringstream in{
        R"({"type":"call","client":1,"kind":"adjust","storeId":"S","sku":"A",)"
        R"("delta":5,"called":1,"returned":2,"outcome":"ok","record":)"
        R"({"onHand":5,"reserved":0,"version":1,"updatedAt":7}})"
        "\n"
        R"({"type":"call","client":1,"kind":"reserve","storeId":"S","sku":"A",)"
        R"("quantity":1,"called":3,"returned":4,"outcome":"ok","record":)"
        R"({"onHand":5,"reserved":1,"version":2,"updatedAt":7},)"
        R"("reservation":{)"
        + id_of(told_sku)
        + R"(,"quantity":1,"state":"active","createdAt":7,"expiresAt":900007}})"
          "\n"
          R"({"type":"stock_adjusted","seq":1,"storeId":"S","sku":"A",)"
          R"("version":1,"delta":5,"reservedDelta":0,"onHand":5,"reserved":0,)"
          R"("recordedAt":7})"
          "\n"
          R"({"type":"stock_reserved","seq":2,"storeId":"S","sku":"A",)"
          R"("version":2,"delta":0,"reservedDelta":1,"onHand":5,"reserved":1,)"
          R"("recordedAt":7,)"
        + id_of(event_sku) + '}'};
    history::told told;
    history::read_history(in, "it", told);
    std::set<int> items;
    for (const auto& each : checker::check_skus(told.calls, told.journal, {}))
      items.insert(each.item);
    return items;
  };
  CHECK(found("A", "A").empty());
  CHECK(found("B", "A") == std::set<int>{5});
  CHECK(found("A", "B") == std::set<int>{5});
}

TEST_CASE("an event is about one reservation") {
  std::istringstream in{
      R"({"type":"stock_reserved","seq":2,"storeId":"S","sku":"A",)"
      R"("version":2,"delta":0,"reservedDelta":1,"onHand":5,"reserved":1,)"
      R"("recordedAt":7,"reservationId":"3.2~S~QQ","reservation":{)"
      R"("reservationId":"2.2~S~QQ","quantity":1,"state":"active",)"
      R"("createdAt":7,"expiresAt":9}})"};
  history::told told;
  CHECK_THROWS_WITH_AS(history::read_history(in, "it", told),
                       "it, line 1: /reservationId is not that of /reservation",
                       history::history_error);
}
