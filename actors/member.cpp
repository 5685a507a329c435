#include "actors/member.hpp"

#include "actors/member_guests.hpp"
#include "actors/member_orders.hpp"
#include "actors/member_routes.hpp"
#include "actors/member_wishes.hpp"

namespace holdfast {

namespace {

using member_pointer = member_actor::stateful_pointer<member_state>;

constexpr std::chrono::milliseconds carry_on_every{50};

std::uint64_t link_to(member_pointer self, const caf::strong_actor_ptr& who) {
  auto& state = self->state;
  const auto address = caf::actor_cast<caf::actor_addr>(who);
  const auto known = state.numbers.find(address);
  if (known != state.numbers.end())
    return known->second;
  const auto number = state.numbers[address] = ++state.last_link;
  auto handle = caf::actor_cast<member_actor>(who);
  self->monitor(handle);
  state.links.emplace(number, member_state::link{std::move(handle), {}});
  return number;
}

void carry_on(member_pointer self) {
  auto& state = self->state;
  if (state.has_ended)
    return;
  auto& protocol = *state.protocol;
  const auto now = self->clock().now();
  protocol.advance(now);
  const bool is_new = protocol.take_changed();
  const bool is_saved = remember(state, is_new, now);
  for (const auto& note : protocol.take_notes()) {
    if (note.is == member_note::kind::was_refused)
      state.last_refusal = note.detail;
    state.config.on_note(note);
  }
  if (is_new || is_saved)
    publish_routes(self);
  carry_out_orders(self);
  settle_wishes(self);
  publish_board(self, is_new || is_saved);
  if (protocol.verdict().empty())
    return;
  state.has_ended = true;
  leave_open(state);
  if (protocol.is_for_good())
    close_directory(state);
  state.config.on_verdict(protocol.verdict());
}

/// Why a link is no more, for people: CAF names what it ends proxies with.
std::string cause_of(const caf::error& reason) {
  if (reason == caf::exit_reason::user_shutdown)
    return "it has ended";
  return reason == caf::exit_reason::remote_link_unreachable
             ? "the connection to it broke"
             : to_string(reason);
}

void start(member_pointer self, member_config&& config) {
  auto& state = self->state;
  state.config = std::move(config);
  self->set_exception_handler([=](std::exception_ptr& thrown) {
    leave_open(self->state);
    return take_along(self->name(), thrown, self->state.config.on_fatal);
  });
  bear_errors(self);
  const auto& memory = state.config.memory;
  if (const auto* own = memory.known.find(memory.name))
    state.served = own->stores;
  state.protocol.emplace(state.config.with, state.config.self, memory.known);
  self->set_down_handler([=](const caf::down_msg& msg) {
    const auto known = self->state.numbers.extract(msg.source);
    if (lose_guest(self, msg.source) || known.empty())
      return;
    self->state.links.erase(known.mapped());
    self->state.protocol->lose(known.mapped(), cause_of(msg.reason),
                               self->clock().now());
    carry_on(self);
  });
  self->set_exit_handler([=](const caf::exit_msg& msg) {
    leave_open(self->state);
    leave(self);
    self->quit(msg.reason);
  });
  self->send(self, sweep_atom_v);
}

} // namespace

member_actor::behavior_type member(member_pointer self, member_config config) {
  start(self, std::move(config));
  // What comes over a link, with its number and the time.
  const auto over = [=](auto handle) {
    // Only who has a name can be answered.
    if (!self->current_sender())
      return;
    handle(link_to(self, self->current_sender()), self->clock().now());
    carry_on(self);
  };
  return {
      [=](const greeting& said, const node_doors& doors) {
        if (is_guest(said))
          return take_guest(self, said);
        over([&](auto link, auto now) {
          self->state.links[link].doors = doors;
          self->state.protocol->take_greeting(link, said, now);
        });
      },
      [=](const wire_welcome& in) {
        over([&](auto link, auto now) {
          self->state.protocol->take_welcome(link, in.revision, now);
        });
      },
      [=](const wire_refusal& in) {
        over([&](auto link, auto now) {
          self->state.protocol->take_refusal(link, in.said, now);
        });
      },
      [=](const wire_news& in) {
        over([&](auto link, auto now) {
          self->state.protocol->take_news(link, in.known, in.is_last, now);
        });
      },
      [=](const wire_ping& in) {
        over([&](auto link, auto now) {
          self->state.protocol->hear(link, now);
          self->send(self->state.links[link].who, wire_pong{in.number});
        });
      },
      [=](const wire_pong& in) {
        over([&](auto link, auto now) {
          self->state.protocol->take_pong(link, in.number, now);
          self->state.is_stale = true;
        });
      },
      [=](wire_wish& in) {
        over([&](auto link, auto) {
          take_wish(self, std::move(in), self->state.links[link].who);
        });
      },
      [=](const wire_wish_result& in) {
        over([&](auto link, auto) { take_result(self, link, in); });
      },
      [=](const dialled& in) {
        auto& protocol = *self->state.protocol;
        if (in.who)
          protocol.connected(in.number, link_to(self, in.who),
                             self->clock().now());
        else
          protocol.dial_failed(in.number, in.failure, self->clock().now());
        carry_on(self);
      },
      [=](member_wish& wish) {
        take_wish(self, std::move(wish));
        carry_on(self);
      },
      [=](sweep_atom) {
        self->delayed_send(self, carry_on_every, sweep_atom_v);
        carry_on(self);
      },
  };
}

} // namespace holdfast
