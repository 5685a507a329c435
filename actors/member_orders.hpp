// What the member actor does because the protocol says so.
#pragma once

#include "actors/member.hpp"

namespace holdfast {

/// Saves what is known if there is anything new in it, or what could not be
/// saved before and is due again. True if it was: nothing is owed any more.
bool remember(member_state& state, bool is_new,
              membership::clock::time_point now);

/// Carries out what the protocol ordered. What tells others of something that
/// is not durable yet waits until it is.
void carry_out_orders(member_actor::stateful_pointer<member_state> self);

/// Writes down that the directory cannot be that of this node any more: nobody
/// else need be asked when it starts again.
void close_directory(member_state& state);

} // namespace holdfast
