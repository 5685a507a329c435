// Admits a bounded number of operations at once.
#pragma once

#include <deque>
#include <memory>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include "actors/chain_counters.hpp"
#include "actors/operation.hpp"
#include "holdfast/bulkhead_policy.hpp"

namespace holdfast {

struct bulkhead_state {
  static inline constexpr const char* name = "bulkhead";

  bulkhead_policy policy{0, 0};
  /// Without a permit yet, oldest first.
  std::deque<operation_ptr> waiting;
  std::shared_ptr<bulkhead_counters> counters;
};

/// Passes operations on while `policy` has permits, queues a bounded number,
/// and refuses the rest with `bulkhead_full`. Permits come back by `report`.
chain_actor::behavior_type
bulkhead(chain_actor::stateful_pointer<bulkhead_state> self, chain_actor next,
         bulkhead_policy policy, std::shared_ptr<bulkhead_counters> counters);

} // namespace holdfast
