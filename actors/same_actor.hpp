// Which of two handles of one actor has ended.
#pragma once

#include <caf/actor_cast.hpp>
#include <caf/actor_control_block.hpp>
#include <caf/system_messages.hpp>

namespace holdfast {

/// True if `msg` is about what `whom` points to, and not about another proxy of
/// the same actor. CAF compares actors by their numbers, so one over a
/// connection that broke equals the one over the next; and the end of what had
/// ended before it was monitored is told after all that waited by then.
template <class Handle>
bool is_end_of(const caf::down_msg& msg, const Handle& whom) {
  // What is held can be reached.
  const auto ended = caf::actor_cast<caf::strong_actor_ptr>(msg.source);
  return ended && whom
         && ended.get() == caf::actor_cast<caf::strong_actor_ptr>(whom).get();
}

} // namespace holdfast
