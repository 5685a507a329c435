// Two sides of a link between nodes, in one deterministic system.
#pragma once

#include <map>

#include <doctest/doctest.h>

#include "actors/gateway.hpp"
#include "actors/remote_node.hpp"
#include "tests/support/world.hpp"

namespace holdfast::test {

using namespace std::chrono_literals;

/// The door of a node that takes questions and says nothing.
inline gateway_actor::behavior_type silent_gateway(gateway_actor::pointer) {
  return {
      [](const wire_commands&, const outcome_sink&) {},
      [](const wire_page_request&, const outcome_sink&) {},
      [](const batch&) {},
      [](const routing&) {},
      [](finish_atom) {},
      [](sweep_atom) {},
  };
}

/// A node with a door, and a proxy of it that is not told of the door yet.
struct pair {
  /// Operations that may be under way to it, and at its door.
  explicit pair(std::size_t sent_max = limits::remote_pending_max,
                std::size_t taken_max = limits::gateway_pending_max) {
    routing own;
    for (std::size_t i = 0; i < node.with.stores.size(); ++i)
      own.stores.emplace(node.with.stores[i], node.actors.stores[i]);
    door = node.system.spawn(gateway, node.actors.journal, counters, taken_max);
    caf::anon_send(door, std::move(own));
    proxy = node.system.spawn(
        remote_node, remote_node_config{
                         "n2", {node.actors.entry, admission}, ways, sent_max});
    home = node.system.spawn([this](answer_actor::pointer) {
      return answer_actor::behavior_type{[this](const batch& in) {
        for (const auto& op : in.items)
          ++answered[op];
      }};
    });
    node.run();
  }
  ~pair() {
    for (const auto& each :
         {caf::actor_cast<caf::actor>(door), caf::actor_cast<caf::actor>(proxy),
          caf::actor_cast<caf::actor>(home)})
      caf::anon_send_exit(each, caf::exit_reason::kill);
    node.run();
  }

  void attach() {
    caf::anon_send(proxy, door);
    node.run();
  }
  void send(operations ops) {
    for (const auto& op : ops) {
      op->reply_to = home;
      op->deadline = node.schedule.clock().now() + 5s;
    }
    caf::anon_send(proxy, batch{std::move(ops)});
  }
  outcome ask(const operation_ptr& op) {
    send({op});
    node.run();
    REQUIRE(answered[op] == 1);
    return answer_of(*op);
  }

  world node;
  std::shared_ptr<gateway_counters> counters =
      std::make_shared<gateway_counters>();
  std::shared_ptr<remote_counters> ways = std::make_shared<remote_counters>();
  std::shared_ptr<admission_counters> admission =
      std::make_shared<admission_counters>();
  gateway_actor door;
  remote_node_actor proxy;
  answer_actor home;
  std::map<operation_ptr, int> answered;
};

} // namespace holdfast::test
