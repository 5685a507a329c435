// A timer cannot be taken back, so none may set another one beside it.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>

#include "tests/support/world.hpp"

using namespace holdfast;
using namespace holdfast::test;
using namespace std::chrono_literals;

namespace {

std::size_t timers(world& in) {
  return in.schedule.clock().schedule().size();
}

operation_ptr hold(std::int64_t seconds) {
  auto op = world::make(action::reserve, "A", 1);
  op->ask.ttl_s = seconds;
  return op;
}

} // namespace

TEST_CASE("holds that end before others leave no timers behind") {
  world in;
  in.ask(world::make(action::adjust, "A", 1'000));
  in.ask(hold(10'000));
  const auto before = timers(in);
  for (int i = 0; i < 20; ++i) {
    in.ask(hold(10));
    in.pass(11s);
    CHECK(in.ask(world::make(action::read, "A")).record.reserved == 1);
    CHECK(timers(in) <= before);
  }
  for (int i = 0; i < 10; ++i)
    in.pass(1'000s);
  CHECK(in.ask(world::make(action::read, "A")).record.reserved == 0);
  CHECK(timers(in) < before);
}

TEST_CASE("rounds leave no timers behind") {
  world in;
  caf::anon_send(in.sync.rounds, pace_request{1s, [](const sync_status&) {
                                              }});
  in.run();
  std::size_t most_before = 0;
  std::size_t most_after = 0;
  for (int i = 0; i < 40; ++i) {
    in.ask(world::make(action::adjust, "A", 1));
    in.pass(500ms);
    auto& most = i < 20 ? most_before : most_after;
    most = std::max(most, timers(in));
  }
  CHECK(in.board->status().rounds >= 15);
  CHECK(most_after <= most_before);
}
