// Guests of a cluster: they send operations to its stores, own none, and are
// told who is there.
#pragma once

#include <vector>

#include <caf/message.hpp>

#include "actors/member.hpp"

namespace holdfast {

/// Guests of one node at once.
inline constexpr std::size_t guests_max = 16;

/// All that is known. Made once for all who are told: a copy for each of them
/// would be a million names in a large cluster.
std::vector<caf::message> make_news(const member_state& state);

/// Tells `to`, a member or a guest.
void tell_news(member_actor::stateful_pointer<member_state> self,
               const member_actor& to, const std::vector<caf::message>& news);

/// A greeting without a name: no member has such a one.
inline bool is_guest(const greeting& said) {
  return said.who.name.empty();
}

/// Introduces this node to the sender of `said`, tells it who is there, and
/// tells it again whenever that changes; or refuses it, with the reason.
void take_guest(member_actor::stateful_pointer<member_state> self,
                const greeting& said);

/// False if that was no guest.
bool lose_guest(member_actor::stateful_pointer<member_state> self,
                const caf::actor_addr& who);

/// Tells all of them who is there by now.
void tell_guests(member_actor::stateful_pointer<member_state> self);

} // namespace holdfast
