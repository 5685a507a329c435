// Every call works for every store through every node, as on its owner.
#include <doctest/doctest.h>

#include <regex>

#include "holdfast/member_order.hpp"
#include "tests/cluster/nodes.hpp"

using namespace holdfast;
using namespace holdfast::cluster_test;
using namespace holdfast::live;

namespace {

three_nodes& shared() {
  static three_nodes nodes;
  return nodes;
}

/// Status, fields and body, without what differs between any two answers: when
/// it was, which request it was, and the ids that say so.
std::string essence(const raw_response& answer) {
  std::string text = std::to_string(answer.status) + "\n";
  for (const auto& [name, value] : answer.fields)
    if (name != "Date" && name != "X-Request-Id")
      text += name + ": " + value + "\n";
  text += answer.body;
  static const std::regex time{R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)"};
  static const std::regex instance{R"("instance":"[^"]*")"};
  // Grant, store and SKU.
  static const std::regex id{R"([0-9a-z]+\.[0-9a-z]+~[\w.-]+~[\w-]+)"};
  text = std::regex_replace(text, time, "TIME");
  text = std::regex_replace(text, instance, "INSTANCE");
  return std::regex_replace(text, id, "ID");
}

/// What a client does to one SKU of store-c, and what it is told.
std::vector<std::string> tour(const cluster_node& by, const std::string& sku) {
  const auto path = record_path(sku, "store-c");
  std::vector<std::string> told;
  const auto ask = [&](const request& what) {
    auto answer = by.ask(what);
    auto text = essence(answer);
    for (std::size_t at = 0; (at = text.find(sku, at)) != text.npos;)
      text.replace(at, sku.size(), "SKU");
    told.push_back(what.method + " " + text);
    return answer;
  };
  ask(get(path));
  ask(post(path + "/adjust", R"({"delta":-1})"));
  ask(post(path + "/adjust", R"({"delta":100,"reason":"r"})",
           keyed("k1-" + sku)));
  ask(post(path + "/adjust", R"({"delta":100,"reason":"r"})",
           keyed("k1-" + sku)));
  ask(post(path + "/adjust", R"({"delta":99})", keyed("k1-" + sku)));
  ask(get(path));
  ask(get(path, "If-None-Match: \"1\"\r\n"));
  ask(head(path));
  ask(put(path, R"({"safetyStock":5})"));
  ask(put(path, R"({"safetyStock":5})", if_match(9)));
  ask(put(path, R"({"safetyStock":5})", if_match(1)));
  ask(post(path + "/reserve", R"({"quantity":500})"));
  ask(post(path + "/reserve", R"({"quantity":5,"expectedVersion":1})"));
  const auto made = ask(post(path + "/reserve",
                             R"({"quantity":5,"owner":"o","reference":"x"})",
                             keyed("k2-" + sku)));
  REQUIRE(made.status == 201);
  const auto id =
      json::parse(made.body)["reservation"]["reservationId"].get<std::string>();
  const auto hold = "/api/reservations/" + id;
  ask(get(hold));
  ask(post(hold + "/extend", R"({"ttlSeconds":60})"));
  ask(post(path + "/release",
           R"({"reservationId":")" + id + R"(","quantity":1})"));
  ask(post(hold + "/commit", R"({"quantity":9})"));
  ask(post(hold + "/commit", "{}"));
  ask(post(hold + "/commit", "{}"));
  ask(post(hold + "/release", "{}"));
  ask(get(hold));
  ask(post(path + "/adjust", R"({"delta":1.5,"oops":1})"));
  return told;
}

} // namespace

TEST_CASE("all nodes answer for a store as its owner does") {
  auto& nodes = shared();
  const auto owner = tour(nodes.second, "by-owner");
  const auto first = tour(nodes.first, "by-first");
  const auto third = tour(nodes.third, "by-third");
  REQUIRE(owner.size() == first.size());
  for (std::size_t i = 0; i < owner.size(); ++i) {
    CHECK(first[i] == owner[i]);
    CHECK(third[i] == owner[i]);
  }
}

TEST_CASE("a key counts wherever its request comes in") {
  auto& nodes = shared();
  const auto path = record_path("key", "store-d") + "/adjust";
  const auto said = nodes.first.ask(post(path, R"({"delta":7})", keyed("k")));
  CHECK(said.status == 200);
  for (auto* by : nodes.all()) {
    const auto again = by->ask(post(path, R"({"delta":7})", keyed("k")));
    CHECK(again.status == 200);
    CHECK(again.body == said.body);
    CHECK(again.field("idempotent-replayed") == "true");
  }
  CHECK(nodes.third.ask_json(get(record_path("key", "store-d")))["onHand"]
        == 7);
}

TEST_CASE("every node knows all stores and their owners") {
  for (auto* by : shared().all()) {
    const auto stores = by->ask_json(get("/api/inventory/stores"))["stores"];
    REQUIRE(stores.size() == 4);
    CHECK(stores[2]["storeId"] == "store-c");
    CHECK(stores[2]["node"] == "n2");
    CHECK(stores[2]["state"] == "up");
    CHECK(by->ask(get(record_path("x", "store-z"))).status == 404);
  }
}

TEST_CASE("a node tells of the others what it knows") {
  auto& nodes = shared();
  const auto page = nodes.first.ask_json(get("/api/cluster"));
  CHECK(page["cluster"] == "holdfast");
  CHECK(page["node"] == "n1");
  REQUIRE(page["nodes"].size() == 3);
  expect_soon(
      [&] { return nodes.first.seen("n2").contains("roundTripMicros"); });
  const auto second = nodes.first.seen("n2");
  CHECK(second["stores"] == json{"store-c"});
  CHECK(second["protocol"] == cluster_protocol);
  CHECK(second["address"]
        == "127.0.0.1:" + std::to_string(nodes.second.node_port()));
  CHECK(second["since"].is_string());
}

TEST_CASE("the central view is over all nodes") {
  auto& nodes = shared();
  nodes.first.ask(
      post(record_path("sum", "store-a") + "/adjust", R"({"delta":1})"));
  nodes.first.ask(
      post(record_path("sum", "store-c") + "/adjust", R"({"delta":2})"));
  nodes.first.ask(
      post(record_path("sum", "store-d") + "/adjust", R"({"delta":4})"));
  for (auto* by : nodes.all()) {
    json round;
    expect_soon([&] {
      round = by->ask_json(post("/api/sync", "{}"));
      return round.value("failedStores", json{0}).empty();
    });
    CHECK(round["drift"] == 0);
    const auto view = by->ask_json(get("/api/inventory/skus/sum"));
    CHECK(view["onHand"] == 7);
    CHECK(view["stores"].size() == 3);
    CHECK(view["complete"] == true);
  }
}
