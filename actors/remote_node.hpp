// Stands for another node on this one.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>
#include <unordered_map>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include "actors/departures.hpp"
#include "actors/operation.hpp"
#include "holdfast/node_limits.hpp"
#include "holdfast/tally.hpp"

namespace holdfast {

/// Counters of the way to one other node, read by anyone.
struct remote_counters {
  std::atomic<std::uint64_t> pending{0};
  tally sent;
  tally answered;
  /// Refused, because the node was not there or had too much to do.
  tally refused;
  /// Sent, and never answered.
  tally lost;
};

struct remote_node_config {
  std::string node;
  way_out out;
  std::shared_ptr<remote_counters> counters =
      std::make_shared<remote_counters>();
  /// Operations under way to that node.
  std::size_t pending_max = limits::remote_pending_max;
};

struct remote_node_state {
  static inline constexpr const char* name = "remote-node";

  remote_node_config config;
  /// Null while the node is not there.
  gateway_actor gateway;
  /// A node that ends gets nothing more, and is told once all that it got is
  /// answered: then it is closed.
  enum class gate { open, closing, closed } is = gate::open;
  /// Sent and not answered, by number.
  std::unordered_map<std::uint64_t, operation_ptr> pending;
  std::uint64_t last_number = 0;
};

/// Sends operations to the gateway of a node as values, as many in a message
/// as came together, and answers them with the outcomes. What is on its way
/// when the node is lost may have been done or not: writes are answered
/// `deadline_exceeded`, so that their key settles them, and reads
/// `store_unavailable` like everything that comes while the node is away, or
/// about to end.
///
/// An operation that leaves gives back what it holds of the mediators here, and
/// the gateway guards the other node. There is one for each name, as long as
/// the process, so that nothing is sent to one that is no more.
remote_node_actor::behavior_type
remote_node(remote_node_actor::stateful_pointer<remote_node_state> self,
            remote_node_config config);

} // namespace holdfast
