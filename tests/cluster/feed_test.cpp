// The logs of all nodes as one, at each of them.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <utility>

#include "tests/cluster/nodes.hpp"

using namespace holdfast;
using namespace holdfast::cluster_test;
using namespace holdfast::live;

TEST_CASE("the feed is that of all nodes, by a cursor that spans them") {
  three_nodes nodes;
  for (const std::string sku : {"a", "b", "c"})
    for (const std::string store : {"store-d", "store-a", "store-c"})
      nodes.first.ask(
          post(record_path(sku, store) + "/adjust", R"({"delta":1})"));
  for (const std::string store : {"store-a", "store-c", "store-d"})
    nodes.first.ask(
        post(record_path("fed", store) + "/adjust", R"({"delta":1})"));
  CHECK(nodes.first.ask(get("/api/events?after=1")).status == 400);
  for (auto* by : nodes.all()) {
    std::vector<std::string> found;
    std::map<std::string, std::int64_t> last;
    std::string last_time;
    std::string cursor;
    for (;;) {
      const auto next = get("/api/events?limit=2"
                            + (cursor.empty() ? "" : "&after=" + cursor));
      const auto body = by->ask(next).body;
      CHECK(body == nodes.second.ask(next).body);
      const auto page = json::parse(body);
      if (page["events"].empty())
        break;
      CHECK(page["events"].size() <= 2);
      CHECK_FALSE(page.contains("unavailable"));
      cursor = page["next"];
      for (const auto& each : page["events"]) {
        const auto node = each["node"].get<std::string>();
        CHECK(each["seq"] == ++last[node]);
        const auto time = each["recordedAt"].get<std::string>();
        CHECK(std::exchange(last_time, time) <= time);
        if (each["sku"] == "fed")
          found.push_back(node + " " + each["storeId"].get<std::string>());
      }
    }
    // Of one millisecond whose come first is open.
    std::sort(found.begin(), found.end());
    CHECK(
        found
        == std::vector<std::string>{"n1 store-a", "n2 store-c", "n3 store-d"});
    const auto again = by->ask_json(get("/api/events?after=" + cursor));
    CHECK(again["next"] == cursor);
  }
  CHECK(
      nodes.first.ask_json(get("/api/events?storeId=store-d&sku=fed"))["events"]
          .size()
      == 1);
}
