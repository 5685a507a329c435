// The central view over the real actors.
#include <doctest/doctest.h>

#include "actors/sku.hpp"
#include "holdfast/limits.hpp"
#include "tests/support/world.hpp"

using namespace holdfast;
using namespace holdfast::test;
using namespace std::chrono_literals;

namespace {

operation_ptr at_store(operation_ptr op, const std::string& store) {
  op->ask.from.store = store;
  return op;
}

settings periodic(std::int64_t interval_ms) {
  auto with = world::unlimited();
  with.sync_interval_ms = interval_ms;
  return with;
}

} // namespace

TEST_CASE("a round sums up what the stores of a node know") {
  world in;
  CHECK_FALSE(in.board->view()->complete);
  in.ask(world::make(action::adjust, "a", 10));
  in.ask(at_store(world::make(action::adjust, "a", 5), "store-2"));
  const auto hold = in.ask(world::make(action::reserve, "a", 4)).hold;
  in.ask(world::about(world::make(action::commit, "a"), hold));
  in.ask(world::make(action::reserve, "a", 3));
  const auto said = in.ask_round();
  CHECK(said.code == error_code::none);
  CHECK(said.report.round == 1);
  CHECK(said.report.stores == 2);
  CHECK(said.report.skus == 1);
  CHECK(said.report.drift == 0);
  const auto view = in.board->view();
  CHECK(view->complete);
  CHECK(view->as_of_ms == in.time->ms);
  const auto found = view->find("a");
  REQUIRE(found);
  CHECK(found->on_hand == 11);
  CHECK(found->reserved == 3);
  CHECK(found->available == 8);
  REQUIRE(found->parts.size() == 2);
  CHECK(found->parts[0].store == "store-1");
  CHECK(found->parts[0].is.version == 4);
}

TEST_CASE("rounds come by themselves and can be stopped") {
  world in{periodic(1'000)};
  in.run();
  CHECK(in.board->status().rounds == 1);
  CHECK(in.board->status().is_running);
  in.ask(world::make(action::adjust, "a", 10));
  CHECK(shown_on_hand(in, "a") == -1);
  in.pass(1'000ms);
  CHECK(in.board->status().rounds == 2);
  CHECK(shown_on_hand(in, "a") == 10);
  sync_status told;
  const auto pace = [&](std::chrono::milliseconds interval) {
    caf::anon_send(in.sync.rounds,
                   pace_request{interval, [&](const sync_status& now) {
                                  told = now;
                                }});
    in.run();
  };
  pace(0ms);
  CHECK_FALSE(told.is_running);
  in.pass(60'000ms);
  CHECK(in.board->status().rounds == 2);
  pace(200ms);
  CHECK(told.is_running);
  CHECK(told.interval == 200ms);
  in.pass(200ms);
  CHECK(in.board->status().rounds == 3);
  pace(500ms);
  in.pass(300ms);
  CHECK(in.board->status().rounds == 3);
}

TEST_CASE("a node that starts again builds its view from snapshots and tail") {
  auto with = world::unlimited();
  with.snapshot_every_n_events = 3;
  const auto disk = std::make_shared<storage::memory_disk>();
  {
    world before{with, disk};
    for (int i = 0; i < 20; ++i)
      before.ask(world::make(action::adjust, std::to_string(i % 4), 1));
  }
  world after{with, disk};
  after.ask(world::make(action::adjust, "0", 1));
  CHECK(after.ask_round().report.skus == 4);
  CHECK(shown_on_hand(after, "0") == 6);
  CHECK(shown_on_hand(after, "3") == 5);
  CHECK(after.drifts.empty());
}

TEST_CASE("an owner that knows something else than its ledger is told") {
  world in;
  in.ask(world::make(action::adjust, "a", 10));
  auto& state = caf::actor_cast<store_actor::stateful_pointer<store_state>>(
                    in.actors.stores.front())
                    ->state;
  auto& sku = caf::actor_cast<sku_actor::stateful_pointer<sku_state>>(
                  state.children.at("a").actor)
                  ->state;
  ++sku.current.now.on_hand;
  CHECK(in.ask_round().report.drift == 1);
  REQUIRE(in.drifts.size() == 1);
  CHECK(in.drifts[0].store == "store-1");
  CHECK(in.drifts[0].sku == "a");
  CHECK(in.board->counters.drift == 1);
  // It is not repaired: the ledger is what is shown, the owner is as it was.
  CHECK(shown_on_hand(in, "a") == 10);
  CHECK(sku.current.now.on_hand == 11);
  // An idle round has nothing to ask about.
  CHECK(in.ask_round().report.drift == 0);
  in.ask(world::make(action::adjust, "a", 1));
  CHECK(in.ask_round().report.drift > 0);
}
