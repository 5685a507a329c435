// Reads that take no turn of the SKU's actor, and those that must.
#include <doctest/doctest.h>

#include <thread>

#include "tests/support/world.hpp"

using namespace holdfast;
using namespace std::chrono_literals;
using test::world;

namespace {

constexpr auto never = sku_view::never;

balances all_of(std::int64_t number) {
  balances result;
  result.on_hand = result.reserved = result.safety_stock = number;
  result.backorder_limit = result.updated_at_ms = number;
  result.version = static_cast<std::uint64_t>(number);
  return result;
}

const store_state::child& child_in(const world& node) {
  return test::state_of(node.actors.stores.front()).children.at("A");
}

} // namespace

TEST_CASE("a view says what was shown, to who counts as its actor does") {
  sku_view view;
  simulation::manual_time time;
  CHECK(!view.read(time, 0));
  view.show(all_of(7), time.ms + 2, 3);
  CHECK(view.read(time, 3) == all_of(7));
  CHECK(!view.read(time, 2));
  CHECK(!view.read(time, 4));
  ++time.ms;
  CHECK(view.read(time, 3));
  ++time.ms;
  CHECK(!view.read(time, 3));
  view.show(all_of(8), never, 4);
  CHECK(view.read(time, 4) == all_of(8));
}

TEST_CASE("who reads while a view changes sees one record or none") {
  constexpr int wanted = 20'000;
  sku_view view;
  const simulation::manual_time time;
  std::atomic<bool> is_done{false};
  std::thread writer{[&] {
    for (std::int64_t i = 1; !is_done; ++i) {
      view.show(all_of(i), never, 0);
      // Others get a chance to read it.
      for (int pause = 0; pause < 10; ++pause)
        view.read(time, 0);
    }
  }};
  std::int64_t last = 0;
  auto is_whole = true;
  for (int changes = 0; changes < wanted && is_whole;)
    if (const auto now = view.read(time, 0)) {
      is_whole = *now == all_of(now->on_hand) && now->on_hand >= last;
      changes += now->on_hand > last ? 1 : 0;
      last = now->on_hand;
    }
  is_done = true;
  writer.join();
  CHECK(is_whole);
}

TEST_CASE_FIXTURE(world, "a read of a record that rests is for its store") {
  ask(make(action::adjust, "A", 5));
  ask(make(action::read, "A")); // It learns here that the write is durable.
  const auto asked = child_in(*this).asked;
  const auto seen = ask(make(action::read, "A"));
  CHECK(seen.record.on_hand == 5);
  auto wrong = make(action::read, "A");
  wrong->ask.if_match = {etag_condition::kind::list, {7}};
  CHECK(ask(wrong).code == error_code::precondition_failed);
  CHECK(child_in(*this).asked == asked);
}

TEST_CASE_FIXTURE(world, "a read overtakes no write of its SKU") {
  ask(make(action::adjust, "A", 5));
  for (int i = 0; i < 3; ++i) {
    CAPTURE(i);
    ask(make(action::read, "A"));
    REQUIRE(child_in(*this).view->read(*time, child_in(*this).asked));
    auto write = make(action::adjust, "A", 1);
    auto read = make(action::read, "A");
    if (i == 0) {
      send({write, read});
    } else {
      send({write});
      send({read});
    }
    run();
    CHECK(answer_of(*read).record == answer_of(*write).record);
    CHECK(read->todo == errand::barrier);
  }
}

TEST_CASE_FIXTURE(world, "a record is shown until its first hold is due") {
  ask(make(action::adjust, "A", 5));
  auto hold = make(action::reserve, "A", 5);
  hold->ask.ttl_s = 2;
  ask(hold);
  CHECK(ask(make(action::read, "A")).record.reserved == 5);
  const auto& child = child_in(*this);
  pass(1'999ms);
  CHECK(child.view->read(*time, child.asked));
  pass(1ms);
  CHECK(!child.view->read(*time, child.asked));
  CHECK(ask(make(action::read, "A")).record.reserved == 0);
  CHECK(child.view->read(*time, child.asked));
}

TEST_CASE_FIXTURE(world, "a store that is not told the time asks its SKU") {
  ask(make(action::adjust, "A", 5));
  ask(make(action::reserve, "A", 5));
  ask(make(action::read, "A"));
  time->throws = 1;
  CHECK(ask(make(action::read, "A")).record.reserved == 5);
  CHECK(time->throws == 0);
}

TEST_CASE_FIXTURE(world, "what was not written is not shown") {
  ask(make(action::adjust, "A", 5));
  ask(make(action::read, "A"));
  disk->fail_commit_at(1, journal_error::kind::full);
  auto lost = make(action::adjust, "A", 1);
  CHECK(!ask(lost).ok());
  const auto seen = ask(make(action::read, "A"));
  CHECK(seen.record.on_hand == 5);
  CHECK(seen.record.version == 1);
}
