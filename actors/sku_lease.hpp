// What a SKU actor does where it has no lease.
#pragma once

#include "actors/sku.hpp"

namespace holdfast {

/// Takes out of `items` what needs no lease, reads, and what cannot have one,
/// writes while another process is known to hold it. What is left waits for the
/// lease.
void serve_without_lease(sku_actor::stateful_pointer<sku_state> self,
                         operations& items, const journal_actor& journal,
                         const store_actor& parent);

/// Refuses `items`, which waited for a state that could not be had, or for the
/// lease that it takes.
void refuse_unloaded(sku_actor::stateful_pointer<sku_state> self,
                     operations& items, error_code why,
                     const store_actor& parent);

} // namespace holdfast
