// What the member actor tells the other actors of its node.
#pragma once

#include "actors/member.hpp"

namespace holdfast {

/// Tells directory and gateway where operations go, and everybody who reads
/// from other nodes which of them are there.
void publish_routes(member_actor::stateful_pointer<member_state> self);

/// Shows whoever looks what is known by now.
void publish_board(member_actor::stateful_pointer<member_state> self);

/// Ends the proxies of other nodes.
void leave(member_actor::stateful_pointer<member_state> self);

} // namespace holdfast
