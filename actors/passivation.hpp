// How a store parts with SKU actors that nobody needs.
#pragma once

#include "actors/store.hpp"

namespace holdfast {

/// Puts `child` behind all others, to a tenth of a second: its neighbours in
/// the list are in no cache.
void note_use(store_state& state, store_state::child& child,
              operation::clock::time_point now);

/// Asks those that are idle, the longest first.
void retire_idle(store_actor::stateful_pointer<store_state> self);

/// From here on operations wait for its successor, unless it stays.
void ask_to_retire(store_actor::stateful_pointer<store_state> self,
                   store_state::child& child);

} // namespace holdfast
