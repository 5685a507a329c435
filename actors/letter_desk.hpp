// Where dead letters are taken up again.
#pragma once

#include <unordered_map>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include "actors/operation.hpp"

namespace holdfast {

struct letter_desk_state {
  static inline constexpr const char* name = "letter-desk";

  /// Retries whose letter is looked up, by the question about it. As many as
  /// there are requests in flight, at most.
  std::unordered_map<const operation*, operation_ptr> open;
};

/// Turns a retry into the command of its letter and sends it to `owners`, as
/// if it had come from its caller once more; everything else about letters
/// goes to the journal at once.
desk_actor::behavior_type
letter_desk(desk_actor::stateful_pointer<letter_desk_state> self,
            journal_actor journal, chain_actor owners);

} // namespace holdfast
