// What a SKU actor does with one operation: a pure step on its state.
#pragma once

#include "actors/sku.hpp"

namespace holdfast {

/// Learns what the journal writer finished: keys get their slots, holds the
/// numbers of their grants. True once nothing is left open.
bool settle(sku_state& state);

/// So many operations before its turn `expect` is for one. What is in no cache
/// takes as long to come as one of them.
inline constexpr std::size_t expected_ahead = 8;

/// Hashes the key of `op` and asks for the memory where it may be remembered.
void expect(const sku_state& state, operation& op);

/// Judges `op`, which was expected, and marks in `op.todo` what the journal
/// writer must do before it may be answered; `errand::none` if it may be
/// answered at once. Applies the events it makes. Requires a loaded state.
void decide_operation(sku_state& state, operation& op, std::int64_t now_ms);

/// Lets the store read the record if nothing is open: nobody can take back what
/// it says. Not under a lease, which is looked at for each answer. Requires a
/// loaded state.
void show(const sku_state& state);

/// Fills `op.expired` with the holds that are past their time and applies
/// them.
void expire_holds(sku_state& state, operation& op, std::int64_t now_ms);

} // namespace holdfast
