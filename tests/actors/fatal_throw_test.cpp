// A node ends with an actor of its own that throws, whichever that is.
#include <doctest/doctest.h>

#include <stdexcept>

#include "actors/caller_unit.hpp"
#include "actors/feed_reader.hpp"
#include "tests/actors/founder.hpp"
#include "tests/support/world.hpp"

using namespace holdfast;
using namespace holdfast::test;
using namespace std::chrono_literals;

namespace {

/// From now on it throws at what it does not understand.
template <class Handle>
caf::actor plant_in(const Handle& who) {
  caf::actor_cast<caf::scheduled_actor*>(who)->set_default_handler(
      [](caf::scheduled_actor*,
         caf::message_view&) -> caf::result<caf::message> {
        throw std::runtime_error{"a planted fault"};
      });
  return caf::actor_cast<caf::actor>(who);
}

/// What nobody understands.
constexpr int odd = 1;

/// Why the node has to end once the actor that `pick` takes has thrown.
template <class Pick>
std::string fatal_of(Pick pick) {
  world in;
  in.run();
  const auto who = plant_in(pick(in));
  CHECK(in.fatal.empty());
  caf::anon_send(who, odd);
  in.run();
  return in.fatal;
}

} // namespace

TEST_CASE("a node ends with any actor of its chain that throws") {
  const auto said = [](const std::string& who) {
    return who + ": a planted fault";
  };
  CHECK(fatal_of([](world& in) { return in.actors.entry; })
        == said("bulkhead"));
  CHECK(fatal_of([](world& in) { return in.actors.breaker; })
        == said("breaker"));
  CHECK(fatal_of([](world& in) { return in.actors.directory; })
        == said("directory"));
  CHECK(fatal_of([](world& in) { return in.actors.stores.front(); })
        == said("store"));
  CHECK(fatal_of([](world& in) { return in.actors.journal; })
        == said("journal-writer"));
  CHECK(fatal_of([](world& in) { return in.sync.own; })
        == said("ledger-reader"));
  CHECK(fatal_of([](world& in) { return in.sync.rounds; })
        == said("synchronizer"));
}

TEST_CASE_FIXTURE(founder, "the way to another node ends the node as well") {
  REQUIRE(known.merge(remembered("n2", "store-9")));
  start();
  using feed_pointer = feed_actor::stateful_pointer<feed_reader_state>;
  const auto proxy = caf::actor_cast<feed_pointer>(feed)->state.feeds.at("n2");
  caf::anon_send(plant_in(proxy), odd);
  node.run();
  CHECK(failure == "remote-node: a planted fault");
}

TEST_CASE_FIXTURE(world, "a clock that throws in a round ends the node") {
  run();
  auto told = std::make_shared<bool>(false);
  time->throws = 1;
  caf::anon_send(sync.rounds, round_request{schedule.clock().now() + 60s,
                                            [told](const round_answer&) {
                                              *told = true;
                                            }});
  run();
  CHECK(fatal == "synchronizer: a planted fault");
  // Nobody holds on to who asked.
  CHECK_FALSE(*told);
  CHECK(told.use_count() == 1);
}

TEST_CASE("a clock that throws at the disk ends the node") {
  bool is_broken = false;
  world in{world::unlimited(), std::make_shared<storage::memory_disk>(), 60s,
           [&](chain_parts& parts) {
             parts.now = [&, now = parts.now] {
               if (is_broken)
                 throw std::runtime_error{"a planted fault"};
               return now();
             };
           }};
  CHECK(in.ask(world::make(action::adjust, "A", 5)).ok());
  is_broken = true;
  in.send({world::make(action::read, "B")});
  in.run();
  CHECK(in.fatal == "journal-writer: a planted fault");
}

TEST_CASE_FIXTURE(world, "what throws on the thread of a caller does so, too") {
  run();
  const auto who = plant_in(actors.entry);
  caller_unit unit{system};
  who->enqueue(nullptr, caf::make_message_id(), caf::make_message(odd), &unit);
  run();
  CHECK(fatal.empty());
  CHECK(unit.run_ready());
  CHECK(fatal == "bulkhead: a planted fault");
}
