// What happened. An event is written before anyone can see its effect.
#pragma once

#include <cstdint>
#include <string_view>

#include "holdfast/stock.hpp"

namespace holdfast {

/// Stored in the journal: append, never renumber.
enum class event_type : std::uint8_t {
  stock_adjusted = 1,
  stock_counted,
  stock_reserved,
  stock_released,
  stock_committed,
  reservation_extended,
  reservation_expired,
};

/// The type as it appears on the wire, e.g. `stock_reserved`.
std::string_view to_string(event_type type) noexcept;

/// One change of one record: what an event is without the command it answers.
/// The answer that its caller got can be rebuilt from it.
struct stock_change {
  /// Gap-free per node, from 1. Assigned by the journal.
  std::uint64_t seq = 0;
  /// `seq` of the event before this one of the same SKU, 0 for the first.
  /// Assigned by the journal.
  std::uint64_t prev_seq = 0;
  event_type type = event_type::stock_adjusted;
  /// Change of `on_hand` and of `reserved`.
  std::int64_t delta = 0;
  std::int64_t reserved_delta = 0;
  /// The record after the event; `version` and `updated_at_ms` are the event's.
  balances after;
  /// The reservation after the event; `ref.grant_version == 0` if there is
  /// none.
  reservation hold;

  bool has_hold() const noexcept {
    return hold.ref.grant_version != 0;
  }
};

/// Complete: nothing else is kept of what happened.
struct event : stock_change {
  /// Command it answers. An expiry has a store and a SKU only, and no action.
  origin from{};
};

/// True once the reservation of `change` is in a terminal state.
inline bool closes_hold(const stock_change& change) noexcept {
  return change.has_hold() && change.hold.state != reservation_state::active;
}

} // namespace holdfast
