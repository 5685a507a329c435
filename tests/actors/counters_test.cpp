// What the actors tell about themselves: in counters, and in the log.
#include <doctest/doctest.h>

#include "holdfast/limits.hpp"
#include "src/telemetry/fault_book.hpp"
#include "tests/support/captured_log.hpp"
#include "tests/support/world.hpp"

using namespace holdfast;
using namespace std::chrono_literals;
using telemetry::log_level;
using test::world;

namespace {

using circuit = breaker_policy::state;

std::vector<std::string> events_of(const std::vector<nlohmann::json>& log) {
  std::vector<std::string> events;
  for (const auto& line : log)
    events.push_back(line["event"]);
  return events;
}

std::uint64_t entered(const world& node, circuit state) {
  const auto& counters = node.mediators->breaker;
  return counters.entered[static_cast<std::size_t>(state)].get();
}

void report_to(world& node, report done) {
  caf::anon_send(node.actors.entry, done);
  node.run();
}

/// Opens the circuit of a node, lets its time pass and sends probes.
void break_and_heal(world& node) {
  const breaker_policy::settings usual;
  report_to(node, {0, 0, usual.calls_min});
  CHECK(node.mediators->breaker.state == circuit::open);
  node.ask(world::make(action::adjust, "A", 1));
  node.pass(1'001ms);
  for (std::uint32_t i = 0; i < usual.probes_max; ++i) {
    node.ask(world::make(action::adjust, "A", 1));
    report_to(node, {0, 1, 0});
  }
}

} // namespace

TEST_CASE("a bulkhead shows its permits, its queue and what it refused") {
  auto with = world::unlimited();
  with.concurrency_api = 2;
  world node{with};
  const auto& counters = node.mediators->bulkhead;
  operations all;
  for (std::size_t i = 0; i < limits::bulkhead_queue_max + 5; ++i)
    all.push_back(world::make(action::adjust, "A", 1));
  node.send(all);
  node.run();
  CHECK(counters.in_use == 2);
  CHECK(counters.queued == limits::bulkhead_queue_max - 2);
  CHECK(counters.refused.get() == 5);
  report_to(node, {2, 0, 0});
  CHECK(counters.in_use == 2);
  CHECK(counters.queued == limits::bulkhead_queue_max - 4);
}

TEST_CASE("a circuit is counted and logged when it changes, not before") {
  auto with = world::unlimited();
  with.breaker_threshold = 0.5;
  with.breaker_cooldown_ms = 1'000;
  world node{with};
  const auto log = test::logged(log_level::info, [&] {
    node.ask(world::make(action::adjust, "A", 1));
    break_and_heal(node);
    node.ask(world::make(action::adjust, "A", 1));
  });
  CHECK(entered(node, circuit::open) == 1);
  CHECK(entered(node, circuit::half_open) == 1);
  CHECK(entered(node, circuit::closed) == 1);
  CHECK(node.mediators->breaker.state == circuit::closed);
  CHECK(node.mediators->breaker.refused.get() == 1);
  REQUIRE(log.size() == 3);
  const std::vector<std::string> states{"open", "half_open", "closed"};
  for (std::size_t i = 0; i < states.size(); ++i) {
    CHECK(log[i]["event"] == "breaker_changed");
    CHECK(log[i]["breaker"] == "api");
    CHECK(log[i]["state"] == states[i]);
  }
}

TEST_CASE_FIXTURE(world, "a store counts the SKU actors that live") {
  const auto& counters = mediators->stores.of("store-1");
  ask(make(action::adjust, "A", 5));
  ask(make(action::adjust, "B", 5));
  CHECK(counters.actors == 2);
  for (int i = 0; i < 70; ++i)
    pass(1s);
  CHECK(counters.actors == 0);
  ask(make(action::adjust, "A", 5));
  CHECK(counters.actors == 1);
  CHECK(counters.spawned.get() == 3);
  CHECK(counters.crashed.get() == 0);
  CHECK(mediators->stores.of("store-2").actors == 0);
}

TEST_CASE_FIXTURE(world, "a SKU actor that throws is a fault with its name") {
  ask(make(action::adjust, "A", 5));
  auto hold = make(action::reserve, "A", 1);
  hold->ask.ttl_s = 1;
  ask(hold);
  const auto log = test::logged(log_level::info, [&] {
    time->throws = 1;
    pass(2s);
  });
  CHECK(mediators->stores.of("store-1").crashed.get() == 1);
  // It goes on with a fresh memory.
  CHECK(mediators->stores.of("store-1").actors == 1);
  CHECK(ask(make(action::read, "A")).record.reserved == 0);
  REQUIRE(events_of(log) == std::vector<std::string>{"sku_crashed"});
  CHECK(log[0]["level"] == "error");
  CHECK(log[0]["store"] == "store-1");
  CHECK(log[0]["sku"] == "A");
  CHECK(telemetry::process_faults().read().at(0).event == "sku_crashed");
}

TEST_CASE_FIXTURE(world, "a full disk is logged once, and once it has room") {
  ask(make(action::adjust, "A", 5));
  const auto log = test::logged(log_level::info, [&] {
    for (int i = 0; i < 3; ++i) {
      disk->fail_commit_at(1, journal_error::kind::full);
      ask(make(action::adjust, "A", 1));
    }
    ask(make(action::adjust, "A", 1));
    ask(make(action::adjust, "A", 1));
  });
  CHECK(events_of(log)
        == std::vector<std::string>{"journal_full", "journal_has_room"});
}

TEST_CASE_FIXTURE(world, "each transaction is counted with its operations") {
  operations all;
  for (int i = 0; i < 3; ++i)
    all.push_back(make(action::adjust, "A", 1));
  ask(make(action::adjust, "A", 1));
  send(all);
  run();
  const auto sizes = counters->operations.view();
  CHECK(sizes.count() == counters->batches);
  CHECK(sizes.sum == 4);
  CHECK(counters->events == 4);
  CHECK(counters->commit_micros.view().count() == counters->batches);
  CHECK(counters->sync_micros.view().count() == counters->batches);
  CHECK(counters->sync_micros.view().sum <= counters->commit_micros.view().sum);
  CHECK(counters->queued == 0);
}
