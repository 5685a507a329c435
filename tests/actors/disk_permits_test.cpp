// Places at the disk never leak: not by deadlines, dead actors, exceptions or
// a full disk.
#include "tests/actors/dead_letters.hpp"

#include "holdfast/limits.hpp"

using namespace holdfast;
using namespace std::chrono_literals;
using test::poisoned_world;
using test::state_of;
using test::world;

namespace {

settings with_places(std::uint32_t count) {
  auto made = world::unlimited();
  made.concurrency_fs = count;
  return made;
}

/// One run of a node with two places, and everything that may go wrong.
struct trial {
  explicit trial(std::uint32_t seed) : random{seed} {
    // nop
  }

  void run() {
    for (int i = 0; i < 60; ++i) {
      send_some();
      strike();
      for (auto steps = random() % 20; steps > 0; --steps)
        if (node.schedule.has_job())
          node.schedule.run_once();
      if (random() % 4 == 0)
        node.pass(std::chrono::milliseconds{random() % 400});
    }
    for (int i = 0; i < 30; ++i) {
      node.run_shuffled(random);
      node.pass(500ms);
    }
  }

  poisoned_world node{with_places(2)};
  std::minstd_rand random;

private:
  void send_some() {
    operations some;
    for (auto count = 1 + random() % 4; count > 0; --count) {
      const auto sku = "S" + std::to_string(random() % 3);
      some.push_back(world::make(
          random() % 3 == 0 ? action::read : action::adjust, sku, 1));
      auto& op = *some.back();
      if (random() % 8 == 0)
        op.ask.from.reason = test::poison;
      if (random() % 2 == 0)
        op.ask.from.store = "store-2";
      if (random() % 3 == 0)
        op.deadline = node.schedule.clock().now()
                      + std::chrono::milliseconds{random() % 300};
    }
    node.send(std::move(some));
  }

  void strike() {
    switch (random() % 8) {
    case 0:
      node.disk->fail_commit_at(1, journal_error::kind::full);
      break;
    case 1:
      for (const auto& [sku, child] :
           state_of(node.actors.stores[random() % 2]).children)
        if (child.actor)
          caf::anon_send_exit(child.actor, caf::exit_reason::kill);
      break;
    default:
      break;
    }
  }
};

} // namespace

TEST_CASE("a node with few places serves everybody in turn") {
  world node{with_places(2)};
  operations all;
  for (int i = 0; i < 50; ++i)
    all.push_back(world::make(action::adjust, "S" + std::to_string(i % 7), 1));
  node.send(all);
  node.run();
  for (const auto& op : all) {
    REQUIRE(node.answered(op));
    CHECK(answer_of(*op).ok());
  }
  CHECK(node.mediators->disk.bulkhead.in_use == 0);
  CHECK(node.mediators->disk.bulkhead.queued == 0);
}

TEST_CASE("places come back whatever happens") {
  for (std::uint32_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    trial run{seed};
    run.run();
    auto& node = run.node;
    REQUIRE(node.fatal.empty());
    const auto& bulkhead = node.mediators->disk.bulkhead;
    CHECK(bulkhead.in_use == 0);
    CHECK(bulkhead.queued == 0);
    node.disk->heal();
    CHECK(node.ask(world::make(action::adjust, "S0", 1)).ok());
  }
}

TEST_CASE("a full disk and business refusals leave the circuit alone") {
  auto with = world::unlimited();
  with.breaker_threshold = 0.1;
  world node{with};
  for (int i = 0; i < 40; ++i) {
    node.disk->fail_commit_at(1, journal_error::kind::full);
    CHECK(node.ask(world::make(action::adjust, "A", 1)).code
          == error_code::read_only);
    CHECK(node.ask(world::make(action::reserve, "B", 1)).code
          == error_code::sku_not_found);
  }
  CHECK(node.mediators->disk.breaker.state == breaker_policy::state::closed);
}

TEST_CASE("commands that throw leave the circuit of the disk alone") {
  auto with = world::unlimited();
  with.breaker_threshold = 0.1;
  with.retry_times = 0;
  poisoned_world node{with};
  operations bad;
  for (std::uint32_t i = 0; i < breaker_policy::settings{}.calls_min; ++i)
    bad.push_back(
        poisoned_world::poisoned(world::make(action::adjust, "A", 1)));
  node.send(bad);
  node.run();
  CHECK(node.mediators->disk.breaker.state == breaker_policy::state::closed);
  CHECK(node.ask(world::make(action::adjust, "B", 1)).ok());
}
