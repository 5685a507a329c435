// Which operation takes the snapshot that is due.
#include <doctest/doctest.h>

#include "actors/sku_decision.hpp"
#include "tests/support/world.hpp"

using namespace holdfast;
using test::world;

TEST_CASE("a read that goes home at once leaves a snapshot to the next write") {
  store_config config;
  config.snapshot_every = 5;
  sku_state state;
  state.config = std::make_shared<store_config>(std::move(config));
  state.life = std::make_shared<sku_life>();
  const auto created = world::make(action::adjust, "A", 1);
  decide_operation(state, *created, 1);
  CHECK_FALSE(created->snapshot);
  state.since_snapshot = 7;
  const auto read = world::make(action::read, "A");
  decide_operation(state, *read, 2);
  CHECK(read->todo == errand::none);
  CHECK_FALSE(read->snapshot);
  CHECK(state.since_snapshot == 7);
  const auto write = world::make(action::adjust, "A", 1);
  decide_operation(state, *write, 3);
  REQUIRE(write->snapshot);
  CHECK(write->snapshot->now.on_hand == 2);
  CHECK(state.since_snapshot == 0);
}
