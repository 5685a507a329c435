// How a SKU actor leaves.
#pragma once

#include "actors/sku.hpp"

namespace holdfast {

/// True for an actor that found nothing in the journal, put nothing there and
/// owes no answer. Whoever makes up SKUs must not be able to keep actors of
/// them.
bool is_vacant(const sku_state& state) noexcept;

/// Leaves if nothing would be lost but a copy of the journal; otherwise tells
/// the store that it stays.
void retire(sku_actor::stateful_pointer<sku_state> self,
            const journal_actor& journal, const store_actor& parent);

} // namespace holdfast
