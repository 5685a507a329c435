// Wires the actors that make a node a member of a cluster.
#pragma once

#include <caf/actor_system.hpp>

#include "actors/chain.hpp"
#include "actors/member.hpp"
#include "actors/sync_wiring.hpp"

namespace holdfast {

/// Everything they are built from.
struct cluster_parts {
  settings with;
  /// Of this node. The stores of its settings are those of the chain, in their
  /// order; it was made for a member.
  chain* actors = nullptr;
  sync_actors rounds;
  /// `with`, `doors`, `directory`, `local`, `entry`, `on_ledger` and `feed` are
  /// filled in here.
  member_config config;
  /// A thread of its own for the member. Off only where one thread runs
  /// everything, as a deterministic scheduler does.
  bool detach = true;
};

/// The actors between a node and the others.
struct cluster_actors {
  gateway_actor gateway;
  feed_actor feed;
  member_actor member;

  /// From now on other nodes are refused.
  void drain();
  /// Ends all of them at once.
  void finish();
};

/// Spawns them. Nothing can be reached before the member says so.
cluster_actors spawn_cluster(caf::actor_system& system, cluster_parts parts);

} // namespace holdfast
