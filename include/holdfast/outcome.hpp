// What a caller is told: a record, a reservation, or a refusal and its reason.
#pragma once

#include "holdfast/error_code.hpp"
#include "holdfast/event.hpp"

namespace holdfast {

/// The answer to one command, before it becomes HTTP.
struct outcome {
  error_code code = error_code::none;
  /// The record came into being by this command.
  bool created = false;
  /// Stored answer of an earlier request with the same key.
  bool replayed = false;
  bool has_record = false;
  bool has_hold = false;
  balances record;
  reservation hold;

  // Members of a refusal; `absent` where the code names no such number.
  std::int64_t expected_version = absent;
  std::int64_t current_version = absent;
  std::int64_t requested = absent;
  std::int64_t available = absent;
  std::int64_t held = absent;
  /// The bound that a `limit_exceeded` would have broken.
  std::int64_t limit = absent;
  /// State of the reservation of a `reservation_closed`; else `active`.
  reservation_state state = reservation_state::active;

  bool ok() const noexcept {
    return code == error_code::none;
  }
  bool operator==(const outcome&) const = default;
};

/// The answer to the command that caused `change`.
outcome outcome_of(const stock_change& change);

/// A refusal that names nothing but its code.
outcome refusal(error_code code);

} // namespace holdfast
