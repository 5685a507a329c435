#include "actors/member_wishes.hpp"

#include <algorithm>
#include <utility>

#include "holdfast/names.hpp"

namespace holdfast {

namespace {

using member_pointer = member_actor::stateful_pointer<member_state>;
using std::chrono::milliseconds;

constexpr auto no_room = "the disk of the node is full";

/// Not in time, or not possible now: the same wish may come again.
wish_result later(std::string why) {
  return {error_code::store_unavailable, false, std::move(why)};
}

/// Others have heard of it, and it may come true yet.
wish_result undecided(std::string why) {
  return {error_code::deadline_exceeded, false, std::move(why)};
}

/// Not possible at all.
wish_result never(std::string why) {
  return {error_code::invalid_request, false, std::move(why)};
}

/// Not possible at all, whatever the store is.
wish_result nobody(const std::string& node) {
  return {error_code::route_not_found, false, "there is no node " + node};
}

void hand_on(member_pointer self, member_wish wish) {
  auto& state = self->state;
  const auto& peers = state.protocol->peers();
  const auto peer = peers.find(wish.node);
  if (peer == peers.end()) {
    wish.done(nobody(wish.node));
    return;
  }
  if (peer->second.is == peer_view::state::retired) {
    wish.done({error_code::route_not_found, false,
               "node " + wish.node + " is gone for good"});
    return;
  }
  const auto link = state.links.find(peer->second.link);
  if (link == state.links.end()) {
    wish.done(later("node " + wish.node + " is away"));
    return;
  }
  // Its time begins when it is there, and its word has to come back.
  const auto left = std::max(
      std::chrono::duration_cast<milliseconds>(
          wish.deadline - self->clock().now() - peer->second.round_trip),
      milliseconds{0});
  const auto number = ++state.last_wish;
  self->send(
      link->second.who,
      wire_wish{number, static_cast<std::uint32_t>(left.count()), wish.store});
  state.handed_on.emplace(
      number, member_state::handed_wish{std::move(wish), link->first});
}

bool is_served(const member_state& state, const std::string& store) {
  const auto& all = state.served;
  return std::find(all.begin(), all.end(), store) != all.end();
}

/// This node is to have a store.
void take_up(member_pointer self, member_wish wish) {
  auto& state = self->state;
  auto& protocol = *state.protocol;
  if (protocol.has(wish.store)) {
    wish.done(is_served(state, wish.store) ? wish_result{}
                                           : undecided(no_room));
    return;
  }
  if (const auto* owner = protocol.known().owner_of(wish.store);
      owner && !owner->wants(wish.store)) {
    wish.done(never("store " + wish.store + " belongs to node " + owner->name));
    return;
  }
  if (auto why = protocol.want(wish.store); !why.empty()) {
    wish.done(protocol.is_full() ? never(std::move(why))
                                 : later(std::move(why)));
    return;
  }
  state.wishes.push_back(std::move(wish));
}

/// True if it is answered: a node is gone for good once that is remembered.
bool settle_retirement(const member_state& state, const member_wish& wish,
                       membership::clock::time_point now) {
  if (state.owes_save && wish.deadline > now)
    return false;
  wish.done(state.owes_save ? undecided(no_room) : wish_result{});
  return true;
}

} // namespace

void take_wish(member_pointer self, member_wish wish) {
  if (self->state.has_ended)
    return;
  auto& protocol = *self->state.protocol;
  if (wish.store.empty()) {
    auto why = protocol.retire(wish.node, self->clock().now());
    if (why.empty())
      self->state.wishes.push_back(std::move(wish));
    else
      wish.done(never(std::move(why)));
  } else if (wish.node == protocol.introduction().who.name) {
    take_up(self, std::move(wish));
  } else {
    hand_on(self, std::move(wish));
  }
}

void take_wish(member_pointer self, wire_wish wish, member_actor from) {
  if (self->state.has_ended)
    return;
  const auto within = std::min<milliseconds>(milliseconds{wish.millis},
                                             limits::request_deadline);
  const auto number = wish.number;
  if (!is_store_id(wish.store)) {
    self->send(from, wire_wish_result{number, never("that is no store id")});
    return;
  }
  take_up(self, {{},
                 std::move(wish.store),
                 self->clock().now() + within,
                 [=](const wish_result& is) {
                   self->send(from, wire_wish_result{number, is});
                 }});
}

void take_result(member_pointer self, std::uint64_t link,
                 const wire_wish_result& said) {
  auto& all = self->state.handed_on;
  const auto found = all.find(said.number);
  if (found == all.end() || found->second.link != link)
    return;
  found->second.wish.done(said.is);
  all.erase(found);
}

void leave_open(member_state& state) {
  const auto said = undecided("the node ends");
  for (const auto& wish : std::exchange(state.wishes, {}))
    wish.done(said);
  for (const auto& [number, handed] : std::exchange(state.handed_on, {}))
    handed.wish.done(said);
}

void settle_wishes(member_pointer self) {
  auto& state = self->state;
  auto& protocol = *state.protocol;
  const auto now = self->clock().now();
  std::erase_if(state.wishes, [&](const member_wish& wish) {
    if (wish.store.empty())
      return settle_retirement(state, wish, now);
    if (is_served(state, wish.store)) {
      wish.done({error_code::none, true, {}});
      return true;
    }
    // Everybody agreed, and it comes once there is room to remember that.
    if (protocol.has(wish.store)) {
      if (wish.deadline <= now)
        wish.done(undecided(no_room));
      return wish.deadline <= now;
    }
    if (protocol.is_settled()) {
      wish.done(later(state.last_refusal));
      return true;
    }
    if (wish.deadline > now)
      return false;
    protocol.give_up("not every node agreed in time");
    wish.done(later("not every node agreed in time"));
    return true;
  });
  std::erase_if(state.handed_on, [now](const auto& each) {
    const auto& wish = each.second.wish;
    const bool is_late = wish.deadline + limits::wish_return <= now;
    if (is_late)
      wish.done(undecided("node " + wish.node + " did not answer"));
    return is_late;
  });
}

} // namespace holdfast
