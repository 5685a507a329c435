#include <caf/scoped_actor.hpp>
#include <doctest/doctest.h>

#include "actors/departures.hpp"
#include "holdfast/breaker_policy.hpp"
#include "holdfast/limits.hpp"
#include "tests/support/world.hpp"

using namespace holdfast;
using test::world;
using namespace std::chrono_literals;

namespace {

settings with_permits(std::uint32_t permits) {
  auto made = world::unlimited();
  made.concurrency_api = permits;
  return made;
}

/// Plays the part of the bridge: tells the mediators how `op` ended.
void report_on(world& node, const operation_ptr& op) {
  report done;
  if (op->admitted.exchange(false))
    ++done.permits;
  if (op->passed.exchange(false))
    ++(is_fault(answer_of(*op).code) ? done.faults : done.successes);
  caf::anon_send(node.actors.entry, done);
  node.run();
}

settings with_breaker() {
  auto made = world::unlimited();
  made.breaker_threshold = 0.5;
  made.breaker_cooldown_ms = 1'000;
  return made;
}

void open_circuit(world& node) {
  for (std::uint32_t i = 0; i < breaker_policy::settings{}.calls_min; ++i) {
    auto bad = world::make(action::adjust, "A", 1);
    REQUIRE(node.ask(bad).ok());
    bad->answer = refusal(error_code::internal);
    report_on(node, bad);
  }
}

} // namespace

TEST_CASE("a bulkhead admits as many as it has permits") {
  world node{with_permits(2)};
  operations all;
  for (int i = 0; i < 5; ++i)
    all.push_back(world::make(action::adjust, "A", 1));
  node.send(all);
  node.run();
  CHECK(node.answered(all[0]));
  CHECK(node.answered(all[1]));
  CHECK_FALSE(node.answered(all[2]));
  report_on(node, all[0]);
  CHECK(node.answered(all[2]));
  CHECK_FALSE(node.answered(all[3]));
  for (int i = 1; i < 5; ++i)
    report_on(node, all[i]);
  CHECK(node.answered(all[4]));
}

TEST_CASE("a full queue refuses at once") {
  world node{with_permits(1)};
  operations all;
  for (std::size_t i = 0; i < limits::bulkhead_queue_max + 3; ++i)
    all.push_back(world::make(action::adjust, "A", 1));
  node.send(all);
  node.run();
  CHECK(answer_of(*all[0]).ok());
  int full = 0;
  for (const auto& op : all)
    full +=
        node.answered(op) && answer_of(*op).code == error_code::bulkhead_full;
  CHECK(full == 3);
}

TEST_CASE("a permit comes back although its caller has gone") {
  world node{with_permits(1)};
  auto first = world::make(action::adjust, "A", 1);
  auto gone = world::make(action::adjust, "A", 1);
  auto third = world::make(action::adjust, "A", 1);
  gone->deadline = node.schedule.clock().now() + 10ms;
  node.send({first, gone, third});
  node.run();
  node.pass(20ms);
  report_on(node, first);
  CHECK_FALSE(node.answered(gone));
  CHECK(node.answered(third));
}

TEST_CASE("a caller that has gone before its turn takes no permit") {
  world node{with_permits(1)};
  auto gone = world::make(action::adjust, "A", 1);
  auto next = world::make(action::adjust, "A", 1);
  gone->deadline = node.schedule.clock().now();
  CHECK(node.ask(gone).code == error_code::deadline_exceeded);
  CHECK(node.ask(next).ok());
}

TEST_CASE("faults open the circuit, probes close it") {
  world node{with_breaker()};
  const breaker_policy::settings policy;
  open_circuit(node);
  auto refused = world::make(action::adjust, "A", 1);
  CHECK(node.ask(refused).code == error_code::circuit_open);
  CHECK(refused->retry_after_s == 1);
  node.pass(1'001ms);
  for (std::uint32_t i = 0; i < policy.probes_max; ++i) {
    auto probe = world::make(action::adjust, "A", 1);
    CHECK(node.ask(probe).ok());
    report_on(node, probe);
  }
  CHECK(node.ask(world::make(action::adjust, "A", 1)).ok());
}

TEST_CASE("calls that left for another node close no circuit") {
  world node{with_breaker()};
  open_circuit(node);
  node.pass(1'001ms);
  const auto probe = [&] {
    auto made = world::make(action::adjust, "A", 1);
    CHECK(node.ask(made).ok());
    return made;
  };
  for (std::uint32_t i = 0; i < 10; ++i) {
    departures out;
    out.add(*probe());
    CHECK(node.mediators->breaker.state == breaker_policy::state::half_open);
    caf::scoped_actor self{node.system};
    out.send(&*self, {node.actors.entry});
    node.run();
  }
  for (std::uint32_t i = 0; i < breaker_policy::settings{}.probes_max; ++i)
    report_on(node, probe());
  CHECK(node.mediators->breaker.state == breaker_policy::state::closed);
}
