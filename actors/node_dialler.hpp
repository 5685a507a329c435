// Calls other nodes: one that is silent keeps nobody else waiting.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>

#include <caf/io/scribe.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include "actors/node_fault.hpp"
#include "actors/node_interfaces.hpp"
#include "holdfast/node_limits.hpp"

namespace holdfast {

/// Calls under way, each on a thread of its own: there may be addresses to join
/// beside those of all members.
inline constexpr std::size_t calls_max = 2 * limits::nodes_max;

using caller_actor = dialler_actor::extend<
    // INTERNAL: that call has ended, with a connection or with null.
    caf::reacts_to<caf::connect_atom, std::uint64_t, caf::io::scribe_ptr>,
    // INTERNAL: an order may be too old.
    caf::reacts_to<sweep_atom>>;

struct dialler_config {
  /// Begins a call of that number and keeps nobody waiting: `tell` hears of its
  /// end, however late, and `fault` of why it comes to nothing. False if it
  /// cannot begin.
  std::function<bool(const node_address&, std::uint64_t call,
                     const caller_actor& tell,
                     const std::shared_ptr<call_fault>& fault)>
      call;
  /// The broker of CAF's protocol, which asks who is at the other end.
  caf::actor broker;
};

struct dialler_state {
  static inline constexpr const char* name = "dialler";

  struct order {
    std::uint64_t number = 0;
    member_actor by;
    std::chrono::steady_clock::time_point until;
  };
  /// Nothing ends a call, so it may outlive its order, and serve the next.
  struct call {
    std::uint64_t number = 0;
    std::shared_ptr<call_fault> fault;
    std::optional<order> waits;
  };

  dialler_config config;
  /// Under way; one for each target, and `calls_max` of them.
  std::map<node_address, call> calls;
  std::uint64_t last_call = 0;
};

/// An order is answered within `limits::greet_timeout`. A connection that comes
/// when nobody waits for it any more is closed.
caller_actor::behavior_type
dialler(caller_actor::stateful_pointer<dialler_state> self,
        dialler_config config);

} // namespace holdfast
