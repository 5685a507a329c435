// What operators want of a cluster.
#pragma once

#include "actors/member.hpp"

namespace holdfast {

/// A wish about this node is taken up, one about another is handed on to it. A
/// node that has ended drops it, and nobody hears of it.
void take_wish(member_actor::stateful_pointer<member_state> self,
               member_wish wish);

/// One that came from another node.
void take_wish(member_actor::stateful_pointer<member_state> self,
               wire_wish wish, member_actor from);

/// What another node made of one.
void take_result(member_actor::stateful_pointer<member_state> self,
                 const wire_wish_result& said);

/// The node ends: nobody will know here what becomes of them, and others may
/// have heard of each.
void leave_open(member_state& state);

/// Answers those that are fulfilled, refused or too late.
void settle_wishes(member_actor::stateful_pointer<member_state> self);

} // namespace holdfast
