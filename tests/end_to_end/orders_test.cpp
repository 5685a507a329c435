// A shop's orders, through a node that is killed in the middle of them.
#include <doctest/doctest.h>

#include <cstdlib>
#include <thread>

#include "tests/end_to_end/checks.hpp"
#include "tests/end_to_end/live_node.hpp"
#include "tests/end_to_end/order_replay.hpp"
#include "tests/support/seed.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::live;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t made_lines = 7'000;
/// Times the node is killed, evenly over the orders.
constexpr std::size_t kill_count = 5;
/// Every so many settled jobs one is asked for again.
constexpr std::size_t sample_every = 23;

order_lines load_orders(const std::string& directory) {
  if (const auto* given = std::getenv("ORDERS_FILE")) {
    auto orders = read_orders(given);
    MESSAGE(orders.size() << " lines of " << std::string{given});
    return orders;
  }
  MESSAGE("no ORDERS_FILE, so " << made_lines << " lines are made up");
  auto engine = seeded_engine();
  const auto path = directory + "/orders.csv";
  write_orders(path, engine, made_lines);
  return read_orders(path);
}

/// Runs until `until` jobs are done, then kills the node and starts it again.
void run_and_kill(live_node& node, order_replay& orders, std::size_t until) {
  std::jthread running{[&] {
    orders.run(node.port());
  }};
  CHECK(test::wait_until([&] { return orders.done() >= until; }, 60s));
  node.kill();
  running.join();
  CHECK(orders.done() < orders.jobs().size());
  node.start();
}

/// Answers that came before the node was killed are the answers now.
void check_sample(live_node& node, const order_replay& orders) {
  caller client{node.port()};
  for (std::size_t i = 0; i < orders.jobs().size(); i += sample_every)
    for (const auto& each : orders.jobs()[i].settled)
      check_replay(client.ask(each.what), each);
}

std::size_t count_events(caller& client) {
  std::size_t count = 0;
  std::string after = "0";
  for (;;) {
    const auto page =
        body_of(client.ask(get("/api/events?limit=1000&after=" + after)));
    if (page["events"].empty())
      return count;
    for (const auto& event : page["events"])
      CHECK(event["seq"] == ++count);
    after = page["next"];
  }
}

void check_stock(caller& client, const order_lines& orders) {
  for (const auto& [sku, units] : final_stock(orders)) {
    CAPTURE(sku);
    const auto record = body_of(client.ask(get(record_path(sku))));
    CHECK(record["onHand"] == units);
    CHECK(record["available"] == units);
    CHECK(record["reserved"] == 0);
  }
}

} // namespace

TEST_CASE("orders are carried out once each, though the node is killed") {
  live_node node;
  const auto lines = load_orders(node.directory());
  order_replay receiving{receiving_jobs(lines)};
  receiving.run(node.port());
  CHECK(receiving.complaints() == std::vector<std::string>{});
  REQUIRE(receiving.done() == receiving.jobs().size());
  order_replay orders{order_jobs(lines)};
  for (std::size_t i = 1; i <= kill_count; ++i) {
    run_and_kill(node, orders, i * lines.size() / (kill_count + 1));
    check_sample(node, orders);
  }
  orders.run(node.port());
  CHECK(orders.complaints() == std::vector<std::string>{});
  REQUIRE(orders.done() == lines.size());
  check_sample(node, orders);
  check_sample(node, receiving);
  caller client{node.port()};
  check_stock(client, lines);
  auto changes = receiving.jobs().size();
  for (const auto& job : orders.jobs())
    changes += job.settled.size();
  CHECK(count_events(client) == changes);
}
