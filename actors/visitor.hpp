// A guest of a cluster: sends operations to its stores and is no member of it.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <caf/actor_addr.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include "actors/node_interfaces.hpp"
#include "actors/operation.hpp"

namespace holdfast {

/// What a guest knows of its hosts.
struct visit {
  /// Of nodes that can be called.
  std::vector<std::string> stores;
  /// Where operations for these nodes go, and questions for their feeds.
  std::map<std::string, answer_actor> nodes;
  /// Their ledgers.
  std::vector<ledger_news> ledgers;
  /// Every one of them took the guest in.
  bool is_whole = false;
  /// Why one did not; empty if none refused.
  std::string refusal;
};

/// Thread-safe; a reader holds on to what it got.
class visit_board {
public:
  std::shared_ptr<const visit> read() const {
    const std::lock_guard guard{mutex_};
    return now_;
  }
  void publish(std::shared_ptr<const visit> now) {
    const std::lock_guard guard{mutex_};
    now_.swap(now);
  }

private:
  mutable std::mutex mutex_;
  std::shared_ptr<const visit> now_ = std::make_shared<const visit>();
};

/// Goes from node to node. What members say to it is a part of what they say to
/// each other.
using visitor_actor = caf::typed_actor<
    // A node takes it in, and this is where its operations go.
    caf::reacts_to<greeting, node_doors>,
    // A node does not.
    caf::reacts_to<wire_refusal>,
    // All that a node knows of others, whenever that changes.
    caf::reacts_to<wire_news>,
    // INTERNAL: a call was answered, or failed.
    caf::reacts_to<dialled>,
    // INTERNAL: somebody is to be called again.
    caf::reacts_to<sweep_atom>>;

struct visitor_config {
  std::string cluster;
  /// Where a member listens.
  node_address host;
  dialler_actor dialler;
  /// Told where operations go.
  directory_actor directory;
  std::shared_ptr<visit_board> board = std::make_shared<visit_board>();
};

struct visitor_state {
  static inline constexpr const char* name = "visitor";

  /// Somewhere to call.
  struct place {
    std::uint64_t dial = 0;
    /// Null until somebody answered.
    member_actor who;
    bool is_in = false;
    /// What is under way then is tried again.
    operation::clock::time_point until{};
  };
  struct node {
    remote_node_actor proxy;
    caf::actor_addr who;
    gateway_actor gateway;
    ledger_actor ledger;
  };

  visitor_config config;
  std::map<node_address, place> places;
  std::map<std::string, node> nodes;
  roster known;
  bool has_heard = false;
  std::uint64_t last_dial = 0;
  std::string refusal;
};

/// Introduces itself to every node by a greeting without a name, and comes
/// again after each loss. Stores of a node that has no port for others are out
/// of its reach.
visitor_actor::behavior_type
visitor(visitor_actor::stateful_pointer<visitor_state> self,
        visitor_config config);

} // namespace holdfast
