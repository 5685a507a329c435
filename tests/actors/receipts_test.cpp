// What a SKU actor keeps of the operations that it handed on.
#include <doctest/doctest.h>

#include "actors/sku_decision.hpp"
#include "tests/support/world.hpp"

using namespace holdfast;
using test::world;

namespace {

sku_state make_state() {
  sku_state state;
  state.config = std::make_shared<store_config>();
  state.life = std::make_shared<sku_life>();
  return state;
}

/// As the outbox leaves it.
receipt& hand_on(sku_state& state, const operation& op) {
  auto& made = state.life->open.emplace_back();
  made.hash = op.hash;
  return made;
}

} // namespace

TEST_CASE("an operation ends with its answer, though its SKU learns later") {
  world node;
  auto op = world::keyed(world::make(action::adjust, "A", 5), "k");
  const std::weak_ptr<operation> known = op;
  CHECK(node.ask(op).ok());
  node.answers.clear();
  op.reset();
  CHECK(known.expired());
  // It has learned by now.
  const auto again =
      node.ask(world::keyed(world::make(action::adjust, "A", 5), "k"));
  CHECK(again.replayed);
  CHECK(again.record.on_hand == 5);
}

TEST_CASE("a SKU learns from receipts in their order, up to the first open") {
  auto state = make_state();
  const auto first = world::keyed(world::make(action::adjust, "A", 1), "one");
  const auto second = world::keyed(world::make(action::adjust, "A", 1), "two");
  for (const auto& op : {first, second}) {
    expect(state, *op);
    decide_operation(state, *op, 1'000);
    REQUIRE(op->todo == errand::append);
  }
  auto& earlier = hand_on(state, *first);
  auto& later = hand_on(state, *second);
  later.slot = {2, false};
  later.at_ms = 1'000;
  later.settled = true;
  CHECK_FALSE(settle(state));
  CHECK(state.running.size() == 2);
  CHECK(state.life->open.size() == 2);
  earlier.slot = {1, false};
  earlier.at_ms = 1'000;
  earlier.settled = true;
  CHECK(settle(state));
  CHECK(state.running.size() == 0);
  CHECK(state.life->open.empty());
  CHECK(state.keys.find(first->hash, 1'000) == answer_slot{1, false});
  CHECK(state.keys.find(second->hash, 1'000) == answer_slot{2, false});
}

TEST_CASE("a receipt without a row leaves no key") {
  auto state = make_state();
  const auto op = world::keyed(world::make(action::adjust, "A", 1), "one");
  expect(state, *op);
  hand_on(state, *op).settled = true;
  CHECK(settle(state));
  CHECK(state.keys.size() == 0);
}

TEST_CASE("what a life left open may be signed after the next one began") {
  auto state = make_state();
  const auto op = world::keyed(world::make(action::adjust, "A", 1), "one");
  op->life = state.life;
  op->settlement = &hand_on(state, *op);
  state.life = std::make_shared<sku_life>();
  CHECK(settle(state));
  op->settlement->slot = {1, false};
  op->settlement->settled = true;
  CHECK(settle(state));
  CHECK(state.keys.size() == 0);
}
