#include <doctest/doctest.h>

#include "tests/support/world.hpp"

using namespace holdfast;
using test::state_of;
using test::world;
using namespace std::chrono_literals;

TEST_CASE_FIXTURE(world, "an idle SKU costs no actor") {
  ask(make(action::adjust, "A", 5));
  REQUIRE(state_of(actors.stores.front()).children.size() == 1);
  for (int i = 0; i < 70; ++i)
    pass(1s);
  CHECK(state_of(actors.stores.front()).children.empty());
  CHECK(ask(make(action::read, "A")).record.on_hand == 5);
}

TEST_CASE_FIXTURE(world, "a SKU with live keys keeps its actor") {
  ask(keyed(make(action::adjust, "A", 5), "k"));
  for (int i = 0; i < 70; ++i)
    pass(1s);
  CHECK(state_of(actors.stores.front()).children.size() == 1);
  CHECK(ask(keyed(make(action::adjust, "A", 5), "k")).replayed);
}

TEST_CASE_FIXTURE(world, "a SKU with live holds keeps its actor") {
  ask(make(action::adjust, "A", 5));
  ask(make(action::reserve, "A", 5));
  for (int i = 0; i < 70; ++i)
    pass(1s);
  CHECK(state_of(actors.stores.front()).children.size() == 1);
}

TEST_CASE_FIXTURE(world, "an end of a hold that a full disk lost comes late") {
  ask(make(action::adjust, "A", 5));
  // What a node does of its own accord after a start is over by then.
  for (int i = 0; i < 5; ++i)
    pass(1s);
  auto hold = make(action::reserve, "A", 5);
  hold->ask.ttl_s = 1;
  ask(hold);
  const auto before = disk->commits();
  disk->fail_commit_at(1, journal_error::kind::full);
  pass(2s);
  CHECK(disk->commits() == before);
  for (int i = 0; i < 70; ++i)
    pass(1s);
  CHECK(disk->commits() == before + 1);
  CHECK(state_of(actors.stores.front()).children.size() == 1);
  for (int i = 0; i < 70; ++i)
    pass(1s);
  CHECK(state_of(actors.stores.front()).children.empty());
  CHECK(ask(make(action::read, "A")).record.version == 3);
}

TEST_CASE_FIXTURE(world, "a command that meets a retiring SKU is not lost") {
  for (std::uint32_t seed = 1; seed <= 50; ++seed) {
    CAPTURE(seed);
    std::minstd_rand random{seed};
    const auto sku = "S" + std::to_string(seed);
    ask(make(action::adjust, sku, 5));
    for (int i = 0; i < 60; ++i)
      pass(1s);
    time->ms += 1'000;
    schedule.advance_time(1s);
    auto late = make(action::adjust, sku, 1);
    send({late});
    run_shuffled(random);
    REQUIRE(answered(late));
    CHECK(answer_of(*late).record.on_hand == 6);
    CHECK(answer_of(*late).record.version == 2);
  }
}

TEST_CASE_FIXTURE(world, "asking about a SKU that does not exist costs none") {
  const auto& children = state_of(actors.stores.front()).children;
  for (const auto what : {action::read, action::reserve, action::commit}) {
    CHECK_FALSE(ask(make(what, "A", 1)).ok());
    CHECK(children.empty());
  }
  // Twenty at once, and some of them about the same.
  operations all;
  for (int i = 0; i < 20; ++i)
    all.push_back(make(action::read, "A" + std::to_string(i % 5)));
  send(all);
  run();
  for (const auto& op : all)
    CHECK(answer_of(*op).code == error_code::sku_not_found);
  CHECK(children.empty());
}

TEST_CASE_FIXTURE(world, "a refusal with a key is remembered by an actor") {
  const auto& children = state_of(actors.stores.front()).children;
  ask(keyed(make(action::reserve, "A", 1), "k"));
  CHECK(children.size() == 1);
  ask(make(action::read, "A"));
  CHECK(children.size() == 1);
  CHECK(ask(keyed(make(action::reserve, "A", 1), "k")).replayed);
}

TEST_CASE("a SKU that is created while its actor leaves is not lost") {
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    CAPTURE(seed);
    std::minstd_rand random{seed};
    world node;
    operations all;
    for (int i = 0; i < 6; ++i) {
      // Reads and writes meet the actor at any point of its leave.
      all.push_back(world::make(action::read, "A"));
      all.push_back(i % 3 == 0 ? world::make(action::adjust, "A", 1)
                               : world::make(action::read, "A"));
      node.send({all.end() - 2, all.end()});
      for (auto steps = random() % 12; steps > 0; --steps)
        if (node.schedule.has_job())
          node.schedule.run_once();
    }
    node.run_shuffled(random);
    for (const auto& op : all)
      REQUIRE(node.answered(op));
    CHECK(node.ask(world::make(action::read, "A")).record.on_hand == 2);
  }
}

TEST_CASE_FIXTURE(world, "a dead SKU actor is rebuilt by the next command") {
  ask(make(action::adjust, "A", 5));
  const auto& children = state_of(actors.stores.front()).children;
  caf::anon_send_exit(children.at("A").actor, caf::exit_reason::kill);
  run();
  CHECK(children.empty());
  CHECK(ask(make(action::adjust, "A", 1)).record.on_hand == 6);
}
