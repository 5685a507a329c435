// Rounds, and what they show of all stores.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "tests/end_to_end/caller.hpp"
#include "tests/end_to_end/checks.hpp"
#include "tests/end_to_end/live_node.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::live;

namespace {

struct contract_sync_fixture {
  caller client{shared_node().port()};

  json ask(const request& what, int status = 200) {
    const auto answer = client.ask(what);
    CHECK(answer.status == status);
    return body_of(answer);
  }
  json round() {
    return ask(post("/api/sync", ""));
  }
  void adjust(const std::string& store, const std::string& sku, int delta) {
    ask(post(record_path(sku, store) + "/adjust",
             json{{"delta", delta}}.dump()));
  }
  json sku(const std::string& name) {
    return ask(get("/api/inventory/skus/" + percent_encode(name)));
  }
};

std::vector<std::string> sorted_names(const json& skus) {
  std::vector<std::string> names;
  for (const auto& each : skus)
    names.push_back(each["sku"]);
  return names;
}

} // namespace

TEST_CASE_FIXTURE(contract_sync_fixture, "a round answers what it came to") {
  const auto before = round();
  CHECK(before.size() == 7);
  adjust("store-1", fresh_name("round"), 1);
  const auto after = round();
  CHECK(after["round"] > before["round"]);
  CHECK(is_time(after["startedAt"]));
  CHECK(after["durationMs"].is_number_unsigned());
  CHECK(after["stores"] == 2);
  CHECK(after["skus"] == before["skus"].get<int>() + 1);
  CHECK(after["failedStores"] == json::array());
  CHECK(after["drift"] == 0);
}

TEST_CASE_FIXTURE(contract_sync_fixture, "a SKU is the sum of its stores") {
  const auto name = fresh_name("BANK CHARGES");
  adjust("store-1", name, 10);
  adjust("store-2", name, 5);
  const auto held =
      ask(post(record_path(name) + "/reserve", R"({"quantity":4})"), 201);
  const auto report = round();
  const auto seen = sku(name);
  CHECK(seen.size() == 7);
  CHECK(seen["sku"] == name);
  CHECK(seen["onHand"] == 15);
  CHECK(seen["reserved"] == 4);
  CHECK(seen["available"] == 11);
  CHECK(seen["asOf"] == report["startedAt"]);
  CHECK(seen["complete"] == true);
  REQUIRE(seen["stores"].size() == 2);
  CHECK(seen["stores"][0] == held["record"]);
  check_record(seen["stores"][1], {name, "store-2"}, {1, 5});
}

TEST_CASE_FIXTURE(contract_sync_fixture,
                  "every record is the one that its store has") {
  round();
  std::string cursor;
  std::size_t records = 0;
  do {
    const auto page = ask(get("/api/inventory/skus?limit=50" + cursor));
    for (const auto& each : page["skus"])
      for (const auto& record : each["stores"]) {
        ++records;
        const auto there =
            ask(get(record_path(record["sku"].get<std::string>(),
                                record["storeId"].get<std::string>())));
        // A hold may have expired since.
        if (there["version"] == record["version"])
          CHECK(record == there);
        else
          CHECK(there["version"] > record["version"]);
      }
    cursor = page.contains("nextCursor")
                 ? "&cursor=" + page["nextCursor"].get<std::string>()
                 : "";
  } while (!cursor.empty());
  CHECK(records > 0);
}

TEST_CASE_FIXTURE(contract_sync_fixture,
                  "pages show every SKU once, in order") {
  std::set<std::string> mine;
  for (int i = 0; i < 25; ++i) {
    mine.insert(fresh_name("paged"));
    adjust(i % 5 == 0 ? "store-2" : "store-1", *mine.rbegin(), 1);
  }
  const auto skus = round()["skus"];
  for (const auto* filter : {"", "&storeId=store-1", "&storeId=store-2"}) {
    std::vector<std::string> seen;
    std::string cursor;
    do {
      const auto page = ask(
          get(std::string{"/api/inventory/skus?limit=7"} + filter + cursor));
      CHECK(page["skus"].size() <= 7);
      CHECK(page["complete"] == true);
      for (auto& name : sorted_names(page["skus"]))
        seen.push_back(std::move(name));
      cursor = page.contains("nextCursor")
                   ? "&cursor=" + page["nextCursor"].get<std::string>()
                   : "";
    } while (!cursor.empty());
    CHECK(std::is_sorted(seen.begin(), seen.end()));
    CHECK(std::set<std::string>(seen.begin(), seen.end()).size()
          == seen.size());
    if (*filter == '\0')
      CHECK(seen.size() == skus);
  }
}

TEST_CASE_FIXTURE(contract_sync_fixture, "bad questions are refused by name") {
  check_invalid(client.ask(get("/api/inventory/skus?limit=0")), {"limit"});
  check_invalid(client.ask(get("/api/inventory/skus?cursor=x&storeId=-")),
                {"cursor", "storeId"});
  check_invalid(client.ask(get("/api/inventory/skus?from=1")), {"from"});
  check_invalid(client.ask(get("/api/inventory/skus/a%2Fb")), {"sku"});
  check_problem(client.ask(get("/api/inventory/skus/nobody-has-it")), 404,
                "sku_not_found");
  check_invalid(client.ask(post("/api/sync/start", "")), {"/intervalMs"});
  check_invalid(client.ask(post("/api/sync/start", R"({"intervalMs":99})")),
                {"/intervalMs"});
  check_invalid(client.ask(post("/api/sync", R"({"x":1})")), {"/x"});
  check_invalid(client.ask(post("/api/sync/stop", "[]")), {""});
}

TEST_CASE_FIXTURE(contract_sync_fixture,
                  "rounds start, change their pace and stop") {
  auto status = ask(get("/api/sync/status"));
  CHECK(status["breaker"] == "closed");
  CHECK(status["failures"] == 0);
  status = ask(post("/api/sync/start", R"({"intervalMs":60000})"));
  CHECK(status["running"] == true);
  CHECK(status["intervalMs"] == 60'000);
  status = ask(post("/api/sync/start", R"({"intervalMs":100})"));
  CHECK(status["intervalMs"] == 100);
  const auto name = fresh_name("by-itself");
  adjust("store-1", name, 3);
  CHECK(test::wait_until([&] {
    return client.ask(get("/api/inventory/skus/" + name)).status == 200;
  }));
  status = ask(post("/api/sync/stop", "{}"));
  CHECK(status["running"] == false);
  const auto rounds = round()["round"];
  status = ask(get("/api/sync/status"));
  CHECK(status["rounds"] == rounds);
  CHECK(status["lastRound"]["round"] == rounds);
}

TEST_CASE("a node that starts again shows what it knew") {
  live_node node{{"--snapshot-every-n-events", "2"}};
  json before;
  for (const auto is_kind : {true, false}) {
    caller client{node.port()};
    for (int i = 0; i < 10; ++i)
      CHECK(
          client
              .ask(post(record_path("sku-" + std::to_string(i % 3)) + "/adjust",
                        R"({"delta":1})"))
              .status
          == 200);
    CHECK(body_of(client.ask(post("/api/sync", "")))["drift"] == 0);
    before = body_of(client.ask(get("/api/inventory/skus")))["skus"];
    is_kind ? node.stop() : node.kill();
    node.start();
    caller again{node.port()};
    CHECK(body_of(again.ask(post("/api/sync", "")))["skus"] == 3);
    CHECK(body_of(again.ask(get("/api/inventory/skus")))["skus"] == before);
  }
}
