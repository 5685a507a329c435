// Exceptions in a SKU actor outside its commands: it loses its memory, nobody
// loses an answer.
#include <doctest/doctest.h>

#include "tests/support/world.hpp"

using namespace holdfast;
using namespace std::chrono_literals;
using test::world;

namespace {

/// A hold of one unit of A that ends in a second.
operation_ptr short_hold() {
  auto op = world::make(action::reserve, "A", 1);
  op->ask.ttl_s = 1;
  return op;
}

} // namespace

TEST_CASE_FIXTURE(world, "a timer that throws is tried again by itself") {
  ask(make(action::adjust, "A", 5));
  ask(short_hold());
  time->throws = 1;
  pass(1'001ms);
  CHECK(mediators->stores.of("store-1").crashed.get() == 1);
  const auto before = disk->commits();
  pass(std::chrono::milliseconds{with.retry_base_ms});
  pass(2ms);
  CHECK(disk->commits() == before + 1);
  const auto record = ask(make(action::read, "A")).record;
  CHECK(record.reserved == 0);
  CHECK(record.version == 3);
  CHECK(mediators->stores.of("store-1").crashed.get() == 1);
}

TEST_CASE_FIXTURE(world, "who comes after a timer that threw does not wait") {
  ask(make(action::adjust, "A", 5));
  ask(short_hold());
  time->throws = 1;
  pass(1'001ms);
  CHECK(ask(make(action::adjust, "A", 1)).record.version == 4);
  CHECK(mediators->stores.of("store-1").spawned.get() == 1);
}

TEST_CASE_FIXTURE(world, "what was decided leaves before what throws then") {
  ask(make(action::adjust, "A", 5));
  auto hold = short_hold();
  auto other = make(action::adjust, "A", 1);
  // The clock works for both decisions, and not for the timer after them.
  time->sound = 2;
  time->throws = 1;
  send({hold, other});
  run();
  REQUIRE(answered(hold));
  REQUIRE(answered(other));
  CHECK(answer_of(*hold).ok());
  CHECK(answer_of(*other).ok());
  CHECK(mediators->stores.of("store-1").crashed.get() == 1);
  pass(std::chrono::milliseconds{with.retry_base_ms});
  pass(1s);
  CHECK(ask(make(action::read, "A")).record.version == 4);
}

TEST_CASE_FIXTURE(world, "an actor whose leave throws stays") {
  ask(make(action::adjust, "A", 5));
  for (int i = 0; i < 59; ++i)
    pass(1s);
  time->throws = 1;
  pass(2s);
  CHECK(time->throws == 0);
  const auto& counters = mediators->stores.of("store-1");
  CHECK(counters.crashed.get() == 1);
  CHECK(counters.actors == 1);
  CHECK(ask(make(action::adjust, "A", 1)).record.on_hand == 6);
  for (int i = 0; i < 70; ++i)
    pass(1s);
  CHECK(counters.actors == 0);
}

TEST_CASE("nobody is left without an answer, whatever throws when") {
  for (std::uint32_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    std::minstd_rand random{seed};
    world node;
    node.ask(world::make(action::adjust, "A", 50));
    operations all;
    for (int i = 0; i < 20; ++i) {
      all.push_back(i % 3 == 0 ? short_hold()
                               : world::make(action::adjust, "A", 1));
      node.send({all.back()});
      if (random() % 4 == 0) {
        node.time->sound = static_cast<int>(random() % 4);
        node.time->throws = 1;
      }
      for (auto steps = random() % 8; steps > 0; --steps)
        if (node.schedule.has_job())
          node.schedule.run_once();
      if (random() % 5 == 0)
        node.pass(std::chrono::milliseconds{random() % 700});
    }
    // A fault may meet the journal writer instead, which ends the node.
    node.run_shuffled(random);
    for (int i = 0; i < 20; ++i)
      node.pass(200ms);
    for (const auto& op : all)
      REQUIRE(node.answered(op));
    if (!node.fatal.empty())
      continue;
    std::int64_t sum = 50;
    for (const auto& op : all)
      if (answer_of(*op).ok() && op->ask.from.what == action::adjust)
        ++sum;
    CHECK(node.ask(world::make(action::read, "A")).record.on_hand == sum);
  }
}
