// What a SKU actor does about exceptions. Supervision begins here: the actor
// forgets its memory, which can no longer be trusted, and keeps what is owed.
#pragma once

#include <string>

#include "actors/sku_outbox.hpp"

namespace holdfast {

/// Asks the journal writer for the state, whatever is in memory.
void load(sku_actor::stateful_pointer<sku_state> self,
          const journal_actor& journal);

/// The text of the exception that is being handled.
std::string current_cause();

/// An operation whose handling threw comes back after a pause. One that was
/// tried often enough, or whose caller would be gone by then, is given up. The
/// others of its SKU go on meanwhile.
void retry_later(sku_actor::stateful_pointer<sku_state> self, operation_ptr& op,
                 std::string cause, sku_outbox& out);

/// A write becomes a dead letter; its caller, and that of a read, is told that
/// it failed.
void give_up(operation_ptr& op, sku_outbox& out);

/// The memory is void; whoever supervises the actor is told why.
void falter(sku_actor::stateful_pointer<sku_state> self,
            const store_actor& parent);

/// Looks again after a pause, though nobody asks: a hold may have ended.
void wake_later(sku_actor::stateful_pointer<sku_state> self);

/// Runs `work`; false if it threw and the actor has faltered.
template <class F>
bool shielded(sku_actor::stateful_pointer<sku_state> self,
              const store_actor& parent, F work) {
  try {
    work();
    return true;
  } catch (...) {
    falter(self, parent);
    return false;
  }
}

} // namespace holdfast
