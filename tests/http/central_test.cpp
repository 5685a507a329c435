// The central view and its rounds on the wire.
#include "bodies.hpp"
#include "requests.hpp"

#include "holdfast/central_fold.hpp"
#include "http/central_json.hpp"
#include "http/central_query.hpp"
#include "http/cursor.hpp"

using namespace holdfast;
using namespace holdfast::http;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

constexpr std::int64_t noon_ms = 1'795'327'860'123;
const std::string noon = "2026-11-22T06:11:00.123Z";

pointers view_faults(std::string_view query) {
  faults found;
  read_central_query(query, found);
  return pointers_of(found);
}

/// SKU a in both stores, b in T.
central_view view(bool complete) {
  central_fold fold;
  fold.take(ledger_record{"S", "a", {10, 4, 1, 0, 3, noon_ms}});
  fold.take(ledger_record{"T", "a", {5, 0, 0, 2, 1, noon_ms}});
  fold.take(ledger_record{"T", "b", {1, 0, 0, 0, 1, noon_ms}});
  central_view made;
  made.round = 7;
  made.as_of_ms = noon_ms;
  made.complete = complete;
  if (!complete)
    made.failed_stores = {"T"};
  made.stores = fold.stores();
  made.table = fold.table();
  return made;
}

json record(const char* store, const char* sku, int on_hand, int reserved,
            int safety, int backorder, int version) {
  return {{"storeId", store},
          {"sku", sku},
          {"onHand", on_hand},
          {"reserved", reserved},
          {"safetyStock", safety},
          {"backorderLimit", backorder},
          {"available", on_hand - reserved - safety},
          {"version", version},
          {"updatedAt", noon}};
}

const json a_in_s = record("S", "a", 10, 4, 1, 0, 3);
const json a_in_t = record("T", "a", 5, 0, 0, 2, 1);

} // namespace

TEST_CASE("a SKU is shown with its sums and its records") {
  const auto response = render_central_sku(view(true), "a", "r");
  CHECK(response.status == 200);
  CHECK(json::parse(response.body)
        == json{{"sku", "a"},
                {"onHand", 15},
                {"reserved", 4},
                {"available", 10},
                {"stores", {a_in_s, a_in_t}},
                {"asOf", noon},
                {"complete", true}});
}

TEST_CASE("a view without a store says so") {
  const auto body = json::parse(render_central_sku(view(false), "a", "r").body);
  CHECK(body.at("complete") == false);
  CHECK(body.at("failedStores") == json{"T"});
  CHECK(body.at("onHand") == 15);
}

TEST_CASE("what no store has is not found, unless a store is missing") {
  CHECK(render_central_sku(view(true), "c", "r").code
        == error_code::sku_not_found);
  const auto unsure = render_central_sku(view(false), "c", "r");
  CHECK(unsure.code == error_code::store_unavailable);
  CHECK(unsure.retry_after_s > 0);
  CHECK(render_central_sku({}, "c", "r").code == error_code::store_unavailable);
  CHECK(render_central_page({}, {"", "", 1}, "r").code
        == error_code::store_unavailable);
}

TEST_CASE("a page leads to the next one") {
  const auto first =
      json::parse(render_central_page(view(true), {"", "", 1}, "r").body);
  CHECK(first.size() == 4);
  CHECK(first.at("skus").size() == 1);
  CHECK(first.at("skus")[0].at("stores") == json{a_in_s, a_in_t});
  CHECK(first.at("asOf") == noon);
  CHECK(first.at("complete") == true);
  faults found;
  const auto next = read_central_query(
      "limit=1&cursor=" + first.at("nextCursor").get<std::string>(), found);
  CHECK(found.empty());
  const auto last =
      json::parse(render_central_page(view(true), next, "r").body);
  CHECK(last.at("skus")[0].at("sku") == "b");
  CHECK_FALSE(last.contains("nextCursor"));
}

TEST_CASE("a page of one store has its records only") {
  const auto page =
      json::parse(render_central_page(view(true), {"", "S", 10}, "r").body);
  REQUIRE(page.at("skus").size() == 1);
  CHECK(page.at("skus")[0].at("onHand") == 10);
  CHECK(page.at("skus")[0].at("stores") == json{a_in_s});
}

TEST_CASE("parameters of the list are read") {
  faults found;
  const auto wanted = read_central_query(
      "storeId=store-1&limit=1000&cursor=" + encode_sku_cursor("BANK CHARGES"),
      found);
  CHECK(found.empty());
  CHECK(wanted.store == "store-1");
  CHECK(wanted.limit == 1'000);
  CHECK(wanted.after == "BANK CHARGES");
  CHECK(read_central_query("", found).limit == 100);
}

TEST_CASE("a bad parameter is named") {
  CHECK(view_faults("limit=0") == pointers{"limit"});
  CHECK(view_faults("limit=1001") == pointers{"limit"});
  CHECK(view_faults("limit=1.0") == pointers{"limit"});
  CHECK(view_faults("limit=007") == pointers{"limit"});
  CHECK(view_faults("limit=") == pointers{"limit"});
  CHECK(view_faults("limit=5&limit=5") == pointers{"limit"});
  CHECK(view_faults("storeId=-x") == pointers{"storeId"});
  CHECK(view_faults("storeId=") == pointers{"storeId"});
  CHECK(view_faults("cursor=") == pointers{"cursor"});
  CHECK(view_faults("cursor=85123A") == pointers{"cursor"});
  CHECK(view_faults("cursor=" + encode_cursor("n1", 5)) == pointers{"cursor"});
  CHECK(view_faults("sku=a") == pointers{"sku"});
  CHECK(view_faults("cursor=%zz&limit=0") == pointers{"cursor", "limit"});
}

TEST_CASE("a cursor of the list has one spelling") {
  for (const std::string sku :
       {"a", "85123A", "BANK CHARGES", "Gr\xc3\xbc\xc3\x9f"}) {
    const auto cursor = encode_sku_cursor(sku);
    CHECK(decode_sku_cursor(cursor) == sku);
    CHECK_FALSE(decode_sku_cursor(cursor + "="));
    CHECK_FALSE(decode_sku_cursor(cursor + "A"));
  }
  CHECK_FALSE(decode_sku_cursor(encode_sku_cursor("")));
  CHECK_FALSE(decode_sku_cursor(encode_sku_cursor("a/b")));
  CHECK_FALSE(decode_sku_cursor(encode_sku_cursor("\xff")));
}

TEST_CASE("a round is told as the contract has it") {
  round_report done{7, noon_ms, 1'001us, 3, 2, {}, 0};
  const json expected{{"round", 7},      {"startedAt", noon},
                      {"durationMs", 2}, {"stores", 3},
                      {"skus", 2},       {"failedStores", json::array()},
                      {"drift", 0}};
  CHECK(json::parse(render_round(done).body) == expected);
  sync_status now;
  now.is_running = true;
  now.interval = 15s;
  now.rounds = 7;
  now.failures = 1;
  json status{{"running", true},
              {"intervalMs", 15'000},
              {"rounds", 7},
              {"failures", 1},
              {"breaker", "closed"}};
  CHECK(json::parse(render_sync_status(now).body) == status);
  now.last = done;
  now.breaker = breaker_policy::state::half_open;
  status["lastRound"] = expected;
  status["breaker"] = "half_open";
  CHECK(json::parse(render_sync_status(now).body) == status);
  done.failed_stores = {"S", "T"};
  CHECK(json::parse(render_round(done).body).at("failedStores")
        == json{"S", "T"});
  done.is_whole = false;
  CHECK(json::parse(render_round(done).body).at("complete") == false);
}
