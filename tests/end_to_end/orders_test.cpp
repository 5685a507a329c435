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

namespace {

constexpr std::size_t made_lines = 7'000;
/// How often the node ends, evenly over the orders: killed, told to, killed…
constexpr std::size_t end_count = 5;
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

void check_journal(const live_node& node) {
  const auto said = test::run_verify(node.directory());
  CAPTURE(said.text);
  CHECK(said.exit_code == 0);
}

/// Runs until `until` jobs are done, then ends the node and starts it again.
/// The clients are still at work then, unless it is the machine that waits.
void run_and_end(live_node& node, order_replay& orders, std::size_t until,
                 void (live_node::*end)()) {
  orders.pause_at((until + orders.jobs().size()) / 2);
  std::jthread running{[&] {
    orders.run(node.port());
  }};
  CHECK(test::wait_until([&] { return orders.done() >= until; },
                         5 * test::patience));
  (node.*end)();
  orders.go_on();
  running.join();
  CHECK(orders.done() < orders.jobs().size());
  check_journal(node);
  node.start();
}

/// Answers that came before the node was killed are the answers now.
void check_sample(live_node& node, const order_replay& orders) {
  caller client{node.port()};
  for (std::size_t i = 0; i < orders.jobs().size(); i += sample_every)
    for (const auto& each : orders.jobs()[i].settled)
      check_replay(client.ask(each.what), each);
}

/// Requests whose effect was durable before their client heard of it.
std::size_t lost_answers(const order_replay& orders) {
  std::size_t count = 0;
  for (const auto& job : orders.jobs())
    for (const auto& each : job.settled)
      count += each.answer.field("Idempotent-Replayed").empty() ? 0 : 1;
  return count;
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

TEST_CASE("orders are carried out once each, though the node ends") {
  live_node node;
  const auto lines = load_orders(node.directory());
  order_replay receiving{receiving_jobs(lines)};
  receiving.run(node.port());
  CHECK(receiving.complaints() == std::vector<std::string>{});
  REQUIRE(receiving.done() == receiving.jobs().size());
  order_replay orders{order_jobs(lines)};
  for (std::size_t i = 1; i <= end_count; ++i) {
    run_and_end(node, orders, i * lines.size() / (end_count + 1),
                i % 2 == 0 ? &live_node::stop : &live_node::kill);
    check_sample(node, orders);
  }
  orders.run(node.port());
  CHECK(orders.complaints() == std::vector<std::string>{});
  REQUIRE(orders.done() == lines.size());
  MESSAGE(lost_answers(orders) << " answers were lost and had again");
  check_sample(node, orders);
  check_sample(node, receiving);
  caller client{node.port()};
  check_stock(client, lines);
  auto changes = receiving.jobs().size();
  for (const auto& job : orders.jobs())
    changes += job.settled.size();
  CHECK(count_events(client) == changes);
  check_journal(node);
  node.stop();
  check_journal(node);
}
