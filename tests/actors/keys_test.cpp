#include <doctest/doctest.h>

#include "actors/key_life.hpp"
#include "tests/support/world.hpp"

using namespace holdfast;
using test::world;
using namespace std::chrono_literals;

TEST_CASE_FIXTURE(world, "a retry gets the stored answer and changes nothing") {
  const auto first = ask(keyed(make(action::adjust, "A", 5), "k"));
  ask(make(action::adjust, "A", 1));
  const auto again = ask(keyed(make(action::adjust, "A", 5), "k"));
  CHECK_FALSE(first.replayed);
  CHECK(again.replayed);
  CHECK(again.record == first.record);
  CHECK(ask(make(action::read, "A")).record.on_hand == 6);
}

TEST_CASE_FIXTURE(world, "the same key with another body is a mismatch") {
  ask(keyed(make(action::adjust, "A", 5), "k"));
  const auto other = ask(keyed(make(action::adjust, "A", 6), "k"));
  CHECK(other.code == error_code::idempotency_mismatch);
  // The mismatch itself is not remembered.
  CHECK(ask(keyed(make(action::adjust, "A", 5), "k")).replayed);
}

TEST_CASE_FIXTURE(world, "a retry while the first runs is told to come back") {
  auto first = keyed(make(action::adjust, "A", 5), "k");
  auto second = keyed(make(action::adjust, "A", 5), "k");
  send({first, second});
  run();
  CHECK(answer_of(*first).ok());
  CHECK(answer_of(*second).code == error_code::idempotency_in_flight);
}

TEST_CASE_FIXTURE(world, "a business refusal is remembered") {
  ask(make(action::adjust, "A", 5));
  const auto no = ask(keyed(make(action::reserve, "A", 9), "k"));
  REQUIRE(no.code == error_code::insufficient_stock);
  ask(make(action::adjust, "A", 100));
  const auto again = ask(keyed(make(action::reserve, "A", 9), "k"));
  CHECK(again.code == error_code::insufficient_stock);
  CHECK(again.available == no.available);
  CHECK(again.replayed);
}

TEST_CASE_FIXTURE(world, "the outcome of a closed reservation is remembered") {
  ask(make(action::adjust, "A", 5));
  const auto held = ask(make(action::reserve, "A", 2));
  ask(about(make(action::commit, "A"), held.hold));
  auto second = about(make(action::commit, "A"), held.hold);
  const auto first = ask(keyed(second, "k"));
  CHECK(first.ok());
  ask(make(action::adjust, "A", 1));
  auto third = about(make(action::commit, "A"), held.hold);
  const auto again = ask(keyed(third, "k"));
  CHECK(again.replayed);
  CHECK(again.record == first.record);
}

TEST_CASE_FIXTURE(world, "a key belongs to its action") {
  ask(keyed(make(action::adjust, "A", 5), "k"));
  const auto held = ask(keyed(make(action::reserve, "A", 5), "k"));
  CHECK(held.ok());
  CHECK_FALSE(held.replayed);
}

TEST_CASE_FIXTURE(world, "a key is forgotten after its time to live") {
  ask(keyed(make(action::adjust, "A", 5), "k"));
  time->ms += with.idemp_ttl_ms - 1;
  CHECK(ask(keyed(make(action::adjust, "A", 5), "k")).replayed);
  time->ms += 2;
  const auto fresh = ask(keyed(make(action::adjust, "A", 5), "k"));
  CHECK_FALSE(fresh.replayed);
  CHECK(fresh.record.on_hand == 10);
}

TEST_CASE("keys and answers survive a restart") {
  auto disk = std::make_shared<storage::memory_disk>();
  outcome granted;
  outcome refused;
  {
    world node{world::unlimited(), disk};
    node.ask(world::make(action::adjust, "A", 5));
    granted = node.ask(world::keyed(world::make(action::reserve, "A", 2), "g"));
    refused = node.ask(world::keyed(world::make(action::reserve, "A", 9), "r"));
    disk->crash();
  }
  world node{world::unlimited(), disk};
  const auto again =
      node.ask(world::keyed(world::make(action::reserve, "A", 2), "g"));
  CHECK(again.replayed);
  CHECK(again.record == granted.record);
  CHECK(again.hold == granted.hold);
  const auto no =
      node.ask(world::keyed(world::make(action::reserve, "A", 9), "r"));
  CHECK(no.replayed);
  CHECK(no.code == refused.code);
}

TEST_CASE("a key lives from its answer on, though its memory is lost") {
  const auto write = [] {
    return world::keyed(world::make(action::adjust, "A", 5), "w");
  };
  const auto refused = [] {
    return world::keyed(world::make(action::reserve, "A", 9), "r");
  };
  auto disk = std::make_shared<storage::memory_disk>();
  std::int64_t decided_ms = 0;
  {
    world node{world::unlimited(), disk};
    node.ask(world::make(action::adjust, "A", 1));
    decided_ms = node.time->ms;
    const operations asked = {write(), refused()};
    node.send(asked);
    while (asked[0]->todo == errand::none || asked[1]->todo == errand::none)
      REQUIRE(node.schedule.try_run_once());
    REQUIRE_FALSE(node.answered(asked[0]));
    // The disk takes its time.
    node.time->ms += answer_delay_max_ms - 1;
    node.run();
    for (const auto& op : asked)
      REQUIRE(node.answered(op));
    // Later keys are no reason to forget these.
    node.time->ms = decided_ms + node.with.idemp_ttl_ms + 1'000;
    node.ask(world::keyed(world::make(action::adjust, "A", 7), "later"));
    disk->crash();
  }
  world node{world::unlimited(), disk};
  node.time->ms = decided_ms + answer_delay_max_ms - 1 + node.with.idemp_ttl_ms;
  CHECK(node.ask(write()).replayed);
  CHECK(node.ask(refused()).replayed);
  node.time->ms += 2;
  CHECK_FALSE(node.ask(write()).replayed);
  CHECK_FALSE(node.ask(refused()).replayed);
}

TEST_CASE_FIXTURE(world, "an expired hold met by a replay stays as it was") {
  ask(make(action::adjust, "A", 5));
  auto hold = keyed(make(action::reserve, "A", 2), "k");
  hold->ask.ttl_s = 1;
  const auto first = ask(hold);
  time->ms += 1'500;
  auto retry = keyed(make(action::reserve, "A", 2), "k");
  retry->ask.ttl_s = 1;
  const auto again = ask(retry);
  CHECK(again.replayed);
  CHECK(again.hold == first.hold);
}
