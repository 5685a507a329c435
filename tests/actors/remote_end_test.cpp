// A node that ends, and those that send to it.
#include <caf/actor_proxy.hpp>

#include <doctest/doctest.h>

#include "holdfast/node_limits.hpp"
#include "tests/actors/remote_pair.hpp"

using namespace holdfast;
using namespace holdfast::test;
using namespace std::chrono_literals;

namespace {

/// A gateway that answers only what the test says, and counts what it got.
struct slow_door {
  explicit slow_door(caf::actor_system& system)
      : door(system.spawn([this](gateway_actor::pointer) {
          return gateway_actor::behavior_type{
              [this](const wire_commands& in, const outcome_sink&) {
                (in.items.empty() ? signs : commands) += 1;
              },
              [](const wire_page_request&, const outcome_sink&) {},
              [](const batch&) {},
              [](const routing&) {},
              [](finish_atom) {},
              [](sweep_atom) {},
          };
        })) {
    // nop
  }

  int signs = 0;
  int commands = 0;
  gateway_actor door;
};

/// Stands for an actor of another node, and has ended with its connection.
class ended_proxy final : public caf::actor_proxy {
public:
  ended_proxy() : actor_proxy(blank()) {
    kill_proxy(nullptr, caf::exit_reason::remote_link_unreachable);
  }
  void enqueue(caf::mailbox_element_ptr, caf::execution_unit*) override {
    // Nobody is there.
  }
  void kill_proxy(caf::execution_unit* on, caf::error why) override {
    cleanup(std::move(why), on);
  }

private:
  static caf::actor_config& blank() {
    static caf::actor_config config;
    return config;
  }
};

} // namespace

TEST_CASE("a proxy that gave a node up is told once that it ends") {
  pair nodes;
  nodes.attach();
  caf::anon_send(nodes.proxy, finish_atom_v);
  nodes.node.run();
  caf::anon_send(nodes.door, finish_atom_v);
  int steps = 0;
  while (nodes.node.schedule.has_job() && steps < 1'000) {
    nodes.node.schedule.run_once();
    ++steps;
  }
  CHECK(steps < 10);
}

TEST_CASE("what comes to a node that ends is refused, and then not sent") {
  pair nodes;
  nodes.attach();
  CHECK(nodes.counters->proxies == 1);
  const auto late = world::make(action::adjust, "A", 5);
  caf::anon_send(nodes.door, finish_atom_v);
  nodes.send({late});
  nodes.node.run();
  CHECK(nodes.answered[late] == 1);
  CHECK(answer_of(*late).code == error_code::store_unavailable);
  CHECK(nodes.counters->refused.get() == 1);
  CHECK(nodes.counters->proxies == 0);

  const auto op = world::make(action::adjust, "A", 5);
  CHECK(nodes.ask(op).code == error_code::store_unavailable);
  CHECK(op->retry_after_s == limits::unavailable_retry_s);
  caf::anon_send_exit(nodes.door, caf::exit_reason::user_shutdown);
  nodes.node.run();
  CHECK(nodes.ask(world::make(action::read, "A")).code
        == error_code::store_unavailable);
  CHECK(nodes.counters->refused.get() == 1);
  CHECK(nodes.ways->lost.get() == 0);
}

TEST_CASE("who comes to a node that ends is told at once") {
  pair nodes;
  caf::anon_send(nodes.door, finish_atom_v);
  nodes.attach();
  CHECK(nodes.ask(world::make(action::adjust, "A", 5)).code
        == error_code::store_unavailable);
  CHECK(nodes.counters->refused.get() == 0);
}

TEST_CASE("a proxy that ends is not waited for") {
  pair nodes;
  nodes.attach();
  caf::anon_send_exit(nodes.proxy, caf::exit_reason::kill);
  nodes.node.run();
  CHECK(nodes.counters->proxies == 0);
}

TEST_CASE("a node that ends hears once all that it was sent is answered") {
  pair nodes;
  slow_door slow{nodes.node.system};
  caf::anon_send(nodes.proxy, slow.door);
  const auto sent = world::make(action::adjust, "A", 5);
  nodes.send({sent});
  nodes.node.run();
  CHECK(slow.commands == 1);
  CHECK(slow.signs == 1);

  caf::anon_send(nodes.proxy, wire_outcomes{});
  nodes.node.run();
  CHECK(nodes.ask(world::make(action::read, "A")).code
        == error_code::store_unavailable);
  CHECK(slow.commands == 1);
  CHECK(slow.signs == 1);
  CHECK(nodes.answered[sent] == 0);

  caf::anon_send(nodes.proxy,
                 wire_outcomes{{{1, 0, refusal(error_code::overloaded)}}});
  nodes.node.run();
  CHECK(nodes.answered[sent] == 1);
  CHECK(answer_of(*sent).code == error_code::overloaded);
  CHECK(slow.signs == 2);
  // It is there again.
  nodes.attach();
  CHECK(nodes.ask(world::make(action::adjust, "A", 5)).ok());
  CHECK(slow.signs == 2);
  caf::anon_send_exit(slow.door, caf::exit_reason::kill);
  nodes.node.run();
}

TEST_CASE("the end of an old connection is not that of the next one") {
  pair nodes;
  // The proxy of the door over the old one. It has ended by the time that
  // anybody looks.
  const auto old = caf::make_actor<ended_proxy, caf::strong_actor_ptr>(
      nodes.door.id(), nodes.door.node(), &nodes.node.system);
  CHECK(caf::actor_cast<caf::actor_addr>(old) == nodes.door.address());
  caf::anon_send(nodes.proxy, caf::actor_cast<gateway_actor>(old));
  nodes.attach();
  CHECK(nodes.ask(world::make(action::adjust, "A", 5)).ok());
}
