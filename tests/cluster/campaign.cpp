#include "tests/cluster/campaign.hpp"

#include <algorithm>
#include <limits>

#include <doctest/doctest.h>

#include "src/history/parts.hpp"
#include "tests/faults/campaign.hpp"

namespace holdfast::cluster_test {

namespace {

struct owned {
  cluster_node* node;
  std::vector<std::string> stores;

  bool has(const std::string& store) const {
    return std::find(stores.begin(), stores.end(), store) != stores.end();
  }
};

std::vector<owned> owners(three_nodes& nodes) {
  return {{&nodes.first, {"store-a", "store-b"}},
          {&nodes.second, {"store-c"}},
          {&nodes.third, {"store-d"}}};
}

/// The central view after a round that began now, all pages of it.
std::vector<checker::central_entry> read_central(const cluster_node& by) {
  // A node that has just come back may not be asked in time.
  json round;
  expect_soon([&] {
    round = by.ask_json(live::post("/api/sync", "{}"));
    return round.value("failedStores", json{0}).empty();
  });
  CHECK(round["drift"] == 0);
  std::vector<checker::central_entry> all;
  std::string cursor;
  do {
    const auto page =
        by.ask_json(live::get("/api/inventory/skus?limit=100"
                              + (cursor.empty() ? "" : "&cursor=" + cursor)));
    for (auto& each : history::members{page, ""}.objects("skus"))
      all.push_back(history::read_central(each));
    cursor = page.value("nextCursor", "");
  } while (!cursor.empty());
  return all;
}

} // namespace

test::load_plan cluster_plan(std::uint64_t seed) {
  test::load_plan plan;
  plan.seed = seed;
  plan.clients = 6;
  plan.stores = {"store-a", "store-c", "store-d"};
  return plan;
}

std::vector<std::string> patient_flags(std::int64_t sync_interval_ms) {
  return {"--idemp-ttl-ms=86400000", "--reservation-ttl-s=14400",
          "--sync-interval-ms=" + std::to_string(sync_interval_ms)};
}

std::size_t judge_cluster(three_nodes& nodes, test::load& clients) {
  const inside here{nodes.first.where()};
  const auto port = nodes.first.port();
  REQUIRE(clients.settle(port));
  const auto finals = clients.read_all(port);
  const auto shown = read_central(nodes.second);
  for (auto* each : nodes.all())
    each->stop();
  std::vector<event> all;
  auto least = std::numeric_limits<std::size_t>::max();
  for (const auto& owner : owners(nodes)) {
    CAPTURE(owner.node->name());
    std::vector<test::call> calls;
    for (const auto& each : clients.calls())
      if (owner.has(each.seen.ask.from.store))
        calls.push_back(each);
    std::vector<checker::final_record> own;
    for (const auto& each : finals)
      if (owner.has(each.store))
        own.push_back(each);
    const auto acknowledged = test::count(calls).acknowledged;
    REQUIRE(acknowledged > 0);
    least = std::min(least, acknowledged);
    test::judge(calls, own, owner.node->directory());
    const auto journal = test::dump(owner.node->directory() + "/data");
    all.insert(all.end(), journal.begin(), journal.end());
  }
  const auto wrong = checker::check_central(all, shown);
  CHECK_MESSAGE(wrong.empty(), checker::describe(wrong));
  return least;
}

} // namespace holdfast::cluster_test
