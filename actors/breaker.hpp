// Stops asking a callee that keeps failing.
#pragma once

#include <memory>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include "actors/chain_counters.hpp"
#include "actors/operation.hpp"
#include "holdfast/breaker_policy.hpp"

namespace holdfast {

struct breaker_state {
  static inline constexpr const char* name = "breaker";

  breaker_policy policy{{}};
  std::shared_ptr<breaker_counters> counters;
};

/// Passes operations on while the circuit lets them, refuses the rest with
/// `circuit_open` and the time of the next probe. Learns by `report`.
chain_actor::behavior_type
breaker(chain_actor::stateful_pointer<breaker_state> self, chain_actor next,
        breaker_policy::settings with,
        std::shared_ptr<breaker_counters> counters);

} // namespace holdfast
