// Where one life of a node is connected to the network of its simulation.
#pragma once

#include <cstddef>
#include <vector>

#include <caf/proxy_registry.hpp>
#include <caf/scoped_execution_unit.hpp>

#include "actors/interfaces.hpp"

namespace holdfast::simulation {

class network;

/// Stands in for CAF's middleman: makes proxies for actors elsewhere, and turns
/// what is sent to them into bytes by CAF's own means. One thread owns it; it
/// is to go before its actor system, and its network after it.
class network_seat final : public caf::proxy_registry::backend {
public:
  network_seat(network& of, std::size_t machine, caf::actor_system& system);
  ~network_seat() override;
  network_seat(const network_seat&) = delete;
  network_seat& operator=(const network_seat&) = delete;

  // -- the node ---------------------------------------------------------------

  /// Calls other nodes: where a node has `node_network::dialler`.
  const dialler_actor& dialler() const noexcept {
    return dialler_;
  }
  /// Others who call get `whom`.
  void open(const member_actor& whom);
  /// Ends its actor. What is still sent goes nowhere.
  void finish();

  // -- the network ------------------------------------------------------------

  std::size_t machine() const noexcept {
    return machine_;
  }
  const caf::node_id& node() const;
  /// Null before it is open.
  const member_actor& member() const noexcept {
    return member_;
  }
  caf::strong_actor_ptr proxy_of(const caf::node_id& node, caf::actor_id id);
  /// Nobody there can be reached any more.
  void forget(const caf::node_id& node);
  /// Hands `bytes` to the actor `to`. `tamper` may change the message, and says
  /// how often it arrives.
  template <class F>
  void take(caf::actor_id to, const std::vector<char>& bytes, F tamper) {
    caf::strong_actor_ptr sender;
    caf::message content;
    read(bytes, sender, content);
    for (auto left = tamper(content); left > 0; --left)
      hand_over(to, sender, content);
  }
  /// What an actor of this node says to a proxy.
  void send(const caf::node_id& node, caf::actor_id to,
            caf::strong_actor_ptr sender, caf::message content);

  // -- proxy_registry::backend ------------------------------------------------

  caf::strong_actor_ptr make_proxy(caf::node_id node,
                                   caf::actor_id id) override;
  void set_last_hop(caf::node_id*) override {
    // All connections are direct.
  }

private:
  void read(const std::vector<char>& bytes, caf::strong_actor_ptr& sender,
            caf::message& content);
  void hand_over(caf::actor_id to, const caf::strong_actor_ptr& sender,
                 const caf::message& content);

  network& of_;
  const std::size_t machine_;
  caf::actor_system& system_;
  caf::proxy_registry proxies_;
  caf::scoped_execution_unit unit_;
  dialler_actor dialler_;
  member_actor member_;
};

} // namespace holdfast::simulation
