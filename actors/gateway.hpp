// The door of a node for the others.
#pragma once

#include <atomic>
#include <cstddef>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include "actors/operation.hpp"
#include "holdfast/tally.hpp"

namespace holdfast {

/// Counters of a gateway, read by anyone.
struct gateway_counters {
  std::atomic<std::uint64_t> pending{0};
  /// Those that may send something yet.
  std::atomic<std::uint64_t> proxies{0};
  tally taken;
  tally refused;
};

struct gateway_state {
  static inline constexpr const char* name = "gateway";

  struct caller {
    outcome_sink who;
    /// What the caller calls it.
    std::uint64_t number = 0;
    operation::clock::time_point deadline;
    /// Whoever is at work on it. What is lost gives its place at the disk back
    /// at once, whoever still waits for its answer.
    std::weak_ptr<operation> op;
  };

  std::shared_ptr<gateway_counters> counters;
  /// Stores that are served here.
  std::unordered_map<std::string, answer_actor> stores;
  journal_actor journal;
  /// Operations of other nodes that are under way here.
  std::size_t pending_max = 0;
  /// By ticket.
  std::unordered_map<std::uint64_t, caller> pending;
  std::uint64_t last_ticket = 0;
  /// Those of other nodes that are attached here.
  std::map<caf::actor_addr, outcome_sink> proxies;
  bool is_draining = false;
  /// Who was told so.
  std::set<caf::actor_addr> told;
};

/// Turns the commands of other nodes into operations for the stores of this
/// one, and their answers into values. A command that no client of the other
/// node could have sent is refused before anything acts on it, and so is what
/// comes while `pending_max` are under way. Only stores of this node are
/// served: nothing is handed on.
///
/// When the node ends it refuses newcomers and tells the proxies of the others,
/// which send nothing more and say so: whatever they sent was answered then.
gateway_actor::behavior_type
gateway(gateway_actor::stateful_pointer<gateway_state> self,
        journal_actor journal, std::shared_ptr<gateway_counters> counters,
        std::size_t pending_max);

} // namespace holdfast
