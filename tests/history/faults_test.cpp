// What is no history is refused by line and reason.
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "src/history/history.hpp"

using namespace holdfast;

namespace {

struct faulty_line {
  std::string line;
  std::string complaint;
};

const std::string call =
    R"({"type":"call","client":1,"kind":"adjust","storeId":"S","sku":"A",)"
    R"("delta":1,"called":5,"returned":6,)";
const std::string record =
    R"("record":{"onHand":1,"reserved":0,"version":1,"updatedAt":5})";
const std::string change =
    R"({"type":"stock_adjusted","seq":1,"storeId":"S","sku":"A","version":1,)"
    R"("delta":1,"reservedDelta":0,"onHand":1,"reserved":0,)";

const std::string sums =
    R"({"type":"central","sku":"A","onHand":1,"reserved":0,"available":1,)";

const std::vector<faulty_line> faults{
    {"{", "is no JSON (byte 2)"},
    {"[]", "it must be an object"},
    {"{}", "/type is missing"},
    {R"({"type":7})", "/type must be a string"},
    {R"({"type":"cal"})",
     "/type must be history, call, final, central, lease or an event"},
    {R"({"type":"history"})", "/format is missing"},
    {R"({"type":"history","format":2})", "/format must be 1"},
    {R"({"type":"history","format":1,"keyTtlMs":-1})",
     "/keyTtlMs must not be negative"},
    {R"({"type":"history","format":1,"keyTtlMs":86400001})",
     "/keyTtlMs must not be above 86400000"},
    {R"({"type":"history","format":1,"defaultTtlSeconds":14401})",
     "/defaultTtlSeconds must not be above 14400"},
    {R"({"type":"call","client":4294967296})",
     "/client must not be above 4294967295"},
    {R"({"type":"call","client":-1})", "/client must not be negative"},
    {R"({"type":"call","client":1.5})", "/client must be an integer"},
    {R"({"type":"call","client":1,"kind":"steal"})",
     "/kind is no kind of operation"},
    {R"({"type":"call","client":1,"kind":"reserve","storeId":"S","sku":"A"})",
     "/quantity is missing"},
    {R"({"type":"call","client":1,"kind":"release","storeId":"S","sku":"A",)"
     R"("quantity":-9223372036854775808})",
     "/quantity is less than there can be"},
    {R"({"type":"call","client":1,"kind":"read","storeId":"","sku":"A"})",
     "/storeId must be a store id"},
    {R"({"type":"call","client":1,"kind":"read","storeId":"S","sku":"a/b"})",
     "/sku must be a SKU"},
    {R"({"type":"call","client":1,"kind":"commit","storeId":"S","sku":"A"})",
     "/reservationId is missing"},
    {R"({"type":"call","client":1,"kind":"read_reservation","storeId":"S",)"
     R"("sku":"A"})",
     "/reservationId is missing"},
    {call + R"("outcome":"maybe"})", "/outcome must be ok, refused or unknown"},
    {call + R"("outcome":"ok"})", "/record is missing"},
    {call + R"("outcome":"ok","created":true,)" + record + "}",
     "/created is of a count that was answered with 201"},
    {call + R"("outcome":"refused"})", "/refusal is missing"},
    {call + R"("outcome":"refused","refusal":{"code":"no"}})",
     "/refusal/code is no refusal"},
    {call + R"("outcome":"unknown","price":3})", "/price is not known"},
    {call + R"("outcome":"unknown","ifMatch":"3"})",
     R"(/ifMatch must be * or versions like "3", "4")"},
    {call + R"("outcome":"unknown","reservationId":"x"})",
     "/reservationId is no id of a reservation"},
    {call + R"("outcome":"unknown","fingerprint":"abc"})",
     "/fingerprint must be 64 digits of hexadecimal"},
    {call + R"("outcome":"unknown","key":""})", "/key must not be empty"},
    {call + R"("outcome":"refused","outcome":"unknown"})",
     "/outcome comes twice"},
    {call + R"("outcome":"ok","record":{"onHand":9,"onHand":1}})",
     "/onHand comes twice"},
    {call + R"("outcome":"ok","record":{"onHand":1}})",
     "/record/reserved is missing"},
    {R"({"type":"call","client":1,"kind":"read","storeId":"S","sku":"A",)"
     R"("called":5,"outcome":"ok",)"
         + record + "}",
     "/returned is missing"},
    {R"({"type":"call","client":1,"kind":"read","storeId":"S","sku":"A",)"
     R"("called":5,"returned":4,"outcome":"ok",)"
         + record + "}",
     "/returned must not be before /called"},
    {change + R"("recordedAt":"yesterday"})",
     "/recordedAt must be milliseconds or a time like "
     "2026-11-22T06:11:00.123Z"},
    {change + R"("recordedAt":-5})", "/recordedAt must not be negative"},
    {change + R"("recordedAt":5,"safetyStock":4000000000000001})",
     "/safetyStock is more than there can be"},
    {change + R"("recordedAt":5,"token":3})", "/writer is missing"},
    {change
         + R"("recordedAt":5,"reservation":{"reservationId":"1.1~S~QQ",)"
           R"("quantity":0,"state":"active","createdAt":5,"expiresAt":9}})",
     "/reservation is of nothing"},
    {R"({"type":"final","storeId":"S","sku":"A"})", "/record is missing"},
    {R"({"type":"history","format":1,"expiryToleranceMs":-1})",
     "/expiryToleranceMs must not be negative"},
    {sums + R"("stores":{}})", "/stores must be an array"},
    {sums + R"("stores":[7]})", "/stores/0 must be an object"},
    {sums + R"("stores":[{"storeId":"S","sku":"B"}]})",
     "/stores/0/sku is of another SKU"},
    {sums + R"("stores":[],"complete":false})",
     "/complete must be true, or nothing is known of the rest"},
    {sums + R"("stores":[],"price":1})", "/price is not known"},
};

std::string complaint_about(const std::string& text) {
  std::istringstream in{text};
  history::told told;
  try {
    history::read_history(in, "run.jsonl", told);
  } catch (const history::history_error& error) {
    return error.what();
  }
  return "accepted";
}

} // namespace

TEST_CASE("a line that is none of the format is refused by number and fault") {
  const auto good = change + R"("recordedAt":5})";
  REQUIRE(complaint_about(good) == "accepted");
  for (const auto& [line, complaint] : faults)
    CHECK(complaint_about(good + "\n\n" + line)
          == "run.jsonl, line 3: " + complaint);
}

TEST_CASE("lines may end as elsewhere, and have nothing in them") {
  const auto good = change + R"("recordedAt":5})";
  CHECK(complaint_about(good + "\r\n \t\r\n\r\n" + good) == "accepted");
}

TEST_CASE("a date is one of the calendar") {
  const auto dated = [](const std::string& date) {
    return complaint_about(change + R"("recordedAt":")" + date + "\"}");
  };
  for (const auto* date :
       {"2024-02-29T23:59:59.999Z", "2026-12-31T00:00:00.000Z"})
    CHECK(dated(date) == "accepted");
  for (const auto* date :
       {"2026-02-30T00:00:00.000Z", "2025-02-29T00:00:00.000Z",
        "2026-13-01T00:00:00.000Z", "2026-00-01T00:00:00.000Z",
        "2026-01-00T00:00:00.000Z", "2026-01-01T24:00:00.000Z",
        "2026-01-01T00:60:00.000Z", "2026-01-01T00:00:60.000Z",
        "2026-01-+1T00:00:00.000Z", "2026-01-01T00:00:00.-01Z",
        "2026-01-01 00:00:00.000Z", "2026-01-01T00:00:00Z"}) {
    CAPTURE(date);
    CHECK(dated(date)
          == "run.jsonl, line 1: /recordedAt must be milliseconds or a time "
             "like 2026-11-22T06:11:00.123Z");
  }
}

TEST_CASE("objects of one line may have members of the same name") {
  CHECK(complaint_about(
            sums
            + R"("stores":[{"storeId":"S","sku":"A","onHand":1,"reserved":0,)"
              R"("version":1,"updatedAt":5},{"storeId":"T","sku":"A",)"
              R"("onHand":0,"reserved":0,"version":1,"updatedAt":5}]})")
        == "accepted");
}

TEST_CASE("what may be said once is refused when it is said again") {
  const std::string head = R"({"type":"history","format":1})";
  const auto end = R"({"type":"final","storeId":"S","sku":"A",)" + record + "}";
  CHECK(complaint_about(head + '\n' + end) == "accepted");
  CHECK(complaint_about(head + '\n' + head)
        == "run.jsonl, line 2: /type says history a second time");
  CHECK(complaint_about(end + '\n' + end)
        == "run.jsonl, line 2: /sku has a final record already");
}

TEST_CASE("what cannot be read is no end") {
  std::ifstream directory{"/"};
  history::told told;
  CHECK_THROWS_WITH_AS(history::read_history(directory, "it", told),
                       "it, line 1: cannot be read", history::history_error);
}

TEST_CASE("an event with more available than its balances leave is odd") {
  for (const std::string available : {"1", "2"}) {
    std::istringstream in{change + R"("recordedAt":5,"available":)" + available
                          + '}'};
    history::told told;
    history::read_history(in, "it", told);
    CHECK(told.odd_events.size() == (available == "1" ? 0 : 1));
  }
}
