// Many holds of a SKU that end at once: portion by portion, so that nobody
// else waits for all of them.
#pragma once

#include "actors/sku_outbox.hpp"

namespace holdfast {

/// Ends holds that nobody asks about, as many as one operation may carry,
/// unless as many are on their way to the journal. Throws what the rules throw.
void end_holds(sku_state& state, std::int64_t now_ms, sku_outbox& out);

/// The same if more holds are due than one operation may carry. False while
/// there are too many for an operation to be decided.
bool end_crowd(sku_state& state, std::int64_t now_ms, sku_outbox& out);

/// Wakes the actor when its earliest hold ends.
void arm(sku_actor::stateful_pointer<sku_state> self);

} // namespace holdfast
