// What operators do to a running cluster.
#include <doctest/doctest.h>

#include <csignal>

#include "tests/cluster/nodes.hpp"

using namespace holdfast;
using namespace holdfast::cluster_test;
using namespace holdfast::live;

namespace {

request make_store(const std::string& node, const std::string& store) {
  return post("/api/cluster/nodes/" + node + "/stores",
              R"({"storeId":")" + store + R"("})");
}

request retire(const std::string& node) {
  return {"DELETE", "/api/cluster/nodes/" + node, {}, {}};
}

/// What is wrong with a request that is refused for that.
json refused(const cluster_node& by, const request& what) {
  const auto answer = by.ask(what);
  CHECK(answer.status == 400);
  return json::parse(answer.body)["errors"].at(0)["pointer"];
}

/// Stock on hand after a round over all that there is.
std::int64_t central(const cluster_node& by) {
  const auto round = by.ask_json(post("/api/sync", "{}"));
  CHECK(round["failedStores"].empty());
  CHECK(round["drift"] == 0);
  return by.ask_json(get("/api/inventory/skus/s"))["onHand"];
}

} // namespace

TEST_CASE("a store is made on a node that runs, and stays there") {
  three_nodes nodes;
  CHECK(nodes.first.ask(add("store-new")).status == 404);
  const auto made = nodes.first.ask(make_store("n3", "store-new"));
  CHECK(made.status == 201);
  CHECK(json::parse(made.body)
        == json{{"storeId", "store-new"}, {"node", "n3"}, {"state", "up"}});
  CHECK(nodes.second.ask(make_store("n3", "store-new")).status == 200);
  expect_soon([&] { return nodes.first.ask(add("store-new")).status == 200; });
  CHECK(refused(nodes.second, make_store("n2", "store-new")) == "/storeId");
  CHECK(refused(nodes.second, make_store("n9", "store-x")) == "node");
  CHECK(refused(nodes.second, make_store("n3", "bad store")) == "/storeId");

  nodes.third.kill();
  const auto later = nodes.first.ask(make_store("n1", "store-x"));
  CHECK(later.status == 503);
  CHECK_FALSE(later.field("retry-after").empty());
  nodes.third.start(&nodes.first);
  nodes.wait_whole();
  CHECK(nodes.first.ask(add("store-new")).status == 200);
  CHECK(nodes.second.ask_json(get(record_path("s", "store-new")))["onHand"]
        == 2);
}

TEST_CASE("a node that is gone for good is retired, and its stores are free") {
  three_nodes nodes;
  CHECK(nodes.first.ask(retire("n2")).status == 400);
  CHECK(nodes.first.ask(retire("n9")).status == 400);
  for (const std::string store : {"store-a", "store-c", "store-c"})
    CHECK(nodes.first.ask(add(store)).status == 200);
  CHECK(central(nodes.third) == 3);
  const std::string cursor = nodes.first.ask_json(get("/api/events"))["next"];
  nodes.second.kill();
  expect_soon([&] { return nodes.first.ask(retire("n2")).status == 200; });
  expect_soon([&] { return nodes.third.seen("n2")["state"] == "retired"; });
  CHECK(nodes.third.ask(add("store-c")).status == 404);
  CHECK(refused(nodes.first, make_store("n2", "store-c")) == "node");
  CHECK(nodes.third.ask(make_store("n3", "store-c")).status == 201);
  expect_soon([&] { return nodes.first.ask(add("store-c")).status == 200; });
  // What it had is not counted any more, nor looked for.
  for (auto* by : {&nodes.first, &nodes.third}) {
    CHECK(central(*by) == 2);
    const auto page = by->ask_json(get("/api/events?after=" + cursor));
    REQUIRE(page["events"].size() == 1);
    CHECK(page["events"][0]["node"] == "n3");
    CHECK_FALSE(page.contains("unavailable"));
  }
  CHECK(nodes.first.process().program().err().find(R"("node_to_be_retired")")
        != std::string::npos);
  // It does not come back.
  nodes.second.launch(&nodes.first);
  const auto said = [&] {
    return nodes.second.process().program().err().find("was retired")
           != std::string::npos;
  };
  expect_soon(said);
  CHECK(nodes.first.seen("n2")["state"] == "retired");
}

TEST_CASE("who waits for a store is answered when the node ends") {
  // A store of the node itself, and one of another: others heard of both.
  for (const std::string node : {"n2", "n3"}) {
    CAPTURE(node);
    three_nodes nodes;
    nodes.third.send(SIGSTOP);
    raw_client waits{nodes.second.port()};
    REQUIRE(waits.send("POST /api/cluster/nodes/" + node
                       + "/stores HTTP/1.1\r\nHost: n2\r\n"
                         "Content-Type: application/json\r\n"
                         "Content-Length: 21\r\n"
                         "\r\n{\"storeId\":\"store-9\"}"));
    // Read by the thread that answers this.
    CHECK(nodes.second.ask(get("/api/cluster")).status == 200);
    nodes.second.send(SIGTERM);
    const auto answer = waits.receive();
    REQUIRE(answer);
    CHECK(answer->status == 504);
    CHECK(json::parse(answer->body)["code"] == "deadline_exceeded");
    CHECK_FALSE(answer->field("retry-after").empty());
    nodes.third.send(SIGCONT);
  }
}
