// The network of a node: its port, and calls to others.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/io/doorman.hpp>

#include "actors/fatal_throw.hpp"
#include "actors/interfaces.hpp"
#include "actors/node_calls.hpp"
#include "actors/node_door.hpp"
#include "holdfast/settings.hpp"

namespace holdfast {

/// Loads what connects nodes into `config`, with heartbeats on. Without it an
/// actor system has no network.
void load_network(caf::actor_system_config& config, const settings& with);

/// Owns the port of a node. One owner thread.
class node_network {
public:
  /// Throws `std::runtime_error` if the port cannot be had, and unless the
  /// heartbeats took: with a wrong type CAF goes on without them, and a frozen
  /// node would never be noticed.
  node_network(caf::actor_system& system, const settings& with,
               const fatal_handler& on_fatal);
  node_network(const node_network&) = delete;
  node_network& operator=(const node_network&) = delete;
  /// Waits for the calls under way: at most for `limits::dial_timeout` and the
  /// look-up of a name.
  ~node_network();

  /// Calls other nodes side by side. A node whose identity in the network is
  /// that of this one is a failure, and so is one where no member answers.
  const dialler_actor& dialler() const noexcept {
    return dialler_;
  }
  /// The port that is bound, 0 for none. Nobody answers there before `open`.
  std::uint16_t port() const noexcept {
    return port_;
  }
  /// Others who call get `whom`.
  void open(const member_actor& whom);

  /// To be told which nodes a member has accepted: those may say more than
  /// strangers. Any thread, as long as the actor system lives.
  std::function<void(const caf::node_id&)> introducer() const;

  /// Ends its actors, and waits for nobody.
  void finish();

private:
  caf::actor_system& system_;
  /// Connections that others opened.
  guest_list_ptr guests_ = std::make_shared<guest_list>();
  std::shared_ptr<node_calls> calls_ = std::make_shared<node_calls>();
  /// Until it is opened.
  caf::io::doorman_ptr door_;
  std::uint16_t port_ = 0;
  caf::actor broker_;
  caf::actor sweeper_;
  dialler_actor dialler_;
};

} // namespace holdfast
