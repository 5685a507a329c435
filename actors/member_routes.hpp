// What the member actor tells the other actors of its node.
#pragma once

#include "actors/member.hpp"

namespace holdfast {

/// Tells directory and gateway where operations go, and everybody who reads
/// from other nodes which of them are there.
void publish_routes(member_actor::stateful_pointer<member_state> self);

/// Shows whoever looks what is known by now, if that differs from what is
/// shown: `is_new`, or what the state tells.
void publish_board(member_actor::stateful_pointer<member_state> self,
                   bool is_new);

/// Ends the proxies of other nodes.
void leave(member_actor::stateful_pointer<member_state> self);

} // namespace holdfast
