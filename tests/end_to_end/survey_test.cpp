// What a node does after a start though nobody asks.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/end_to_end/caller.hpp"
#include "tests/end_to_end/checks.hpp"
#include "tests/end_to_end/live_node.hpp"
#include "tests/storage/temp_dir.hpp"
#include "tests/support/node_process.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::live;

namespace {

/// More than a round asks owners about.
constexpr int many = 100;

/// Killed with the object.
std::unique_ptr<test::node_process>
start_with(const std::string& directory, std::vector<std::string> stores) {
  test::node_plan plan;
  plan.directory = directory;
  plan.stores = std::move(stores);
  auto node = std::make_unique<test::node_process>(std::move(plan));
  REQUIRE(node->wait_ready());
  return node;
}

std::int64_t reserved_in_view(caller& client) {
  const auto round = body_of(client.ask(post("/api/sync", "")));
  CHECK(round["drift"] == 0);
  const auto page = body_of(client.ask(get("/api/inventory/skus?limit=1000")));
  std::int64_t sum = 0;
  for (const auto& sku : page["skus"])
    sum += sku["reserved"].get<std::int64_t>();
  return sum;
}

std::int64_t expiries_in_feed(caller& client) {
  const auto page = client.ask(get("/api/events?limit=1000"));
  const auto events = body_of(page)["events"];
  return std::count_if(events.begin(), events.end(), [](const json& each) {
    return each["type"] == "reservation_expired";
  });
}

/// The whole line of `event`, empty until it is there.
std::string line_of(const std::string& log, const std::string& event) {
  const auto at = log.find("\"" + event + "\"");
  const auto end = at == std::string::npos ? at : log.find('\n', at);
  if (end == std::string::npos)
    return {};
  const auto begin = log.rfind('\n', at) + 1;
  return log.substr(begin, end - begin);
}

} // namespace

TEST_CASE("holds that ended while a node was down are gone from its view") {
  live_node node;
  {
    caller before{node.port()};
    for (int i = 0; i < many; ++i) {
      const auto path = record_path("held-" + std::to_string(i));
      before.ask(put(path, R"({"onHand":10})", if_new));
      const auto taken = before.ask(
          post(path + "/reserve", R"({"quantity":4,"ttlSeconds":2})"));
      REQUIRE(taken.status == 201);
    }
  }
  node.kill();
  node.start();
  caller after{node.port()};
  CHECK(test::wait_until([&] { return expiries_in_feed(after) == many; }));
  CHECK(reserved_in_view(after) == 0);
}

TEST_CASE("a store that is left out is named in the log") {
  const storage::testing::temp_dir directory;
  const std::vector<std::string> before = {"store-1", "store-2", "store-3"};
  {
    const auto node = start_with(directory.path(), before);
    caller client{node->port()};
    for (const auto& store : before)
      CHECK(
          client
              .ask(post(record_path("a", store) + "/adjust", R"({"delta":1})"))
              .status
          == 200);
  }
  const auto node = start_with(directory.path(), {"store-1", "store-9"});
  CHECK(test::wait_until([&] {
    return !line_of(node->program().err(), "stores_not_served").empty();
  }));
  const auto line =
      json::parse(line_of(node->program().err(), "stores_not_served"));
  CHECK(line["level"] == "warn");
  CHECK(line["stores"] == "store-2,store-3");
  CHECK(line["count"] == 2);
  check_problem(caller{node->port()}.ask(get(record_path("a", "store-2"))), 404,
                "store_not_found");
}
