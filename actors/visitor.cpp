#include "actors/visitor.hpp"

#include <chrono>

#include "actors/remote_node.hpp"
#include "holdfast/node_limits.hpp"

namespace holdfast {

namespace {

using visitor_pointer = visitor_actor::stateful_pointer<visitor_state>;
using std::chrono::milliseconds;

constexpr milliseconds visit_sweep_every{100};
constexpr milliseconds redial_pause{500};

bool can_be_called(const roster_entry& entry) {
  return !entry.retired && entry.at.port != 0;
}

visitor_state::node& node_of(visitor_pointer self, const std::string& name) {
  auto& state = self->state;
  auto [place, is_new] = state.nodes.try_emplace(name);
  if (is_new)
    place->second.proxy = self->spawn<caf::linked>(
        remote_node, remote_node_config{name, {state.config.directory}});
  return place->second;
}

/// Tells the directory where operations go, and whoever looks.
void publish(visitor_pointer self) {
  auto& state = self->state;
  routing all;
  auto seen = std::make_shared<visit>();
  seen->refusal = state.refusal;
  seen->is_whole = state.has_heard;
  all.is_whole = state.has_heard;
  for (const auto& [name, entry] : state.known.all()) {
    if (!can_be_called(entry)) {
      for (const auto& store : entry.stores)
        all.stores.try_emplace(store);
      continue;
    }
    const auto& node = node_of(self, name);
    seen->nodes.emplace(name, node.proxy);
    seen->ledgers.push_back({name, entry.stores, node.ledger});
    seen->is_whole = seen->is_whole && node.gateway;
    for (const auto& store : entry.stores) {
      all.stores.emplace(store, node.proxy);
      seen->stores.push_back(store);
    }
  }
  self->send(state.config.directory, std::move(all));
  state.config.board->publish(std::move(seen));
}

void introduce(visitor_pointer self, visitor_state::place& to) {
  greeting said;
  said.cluster = self->state.config.cluster;
  to.until = self->clock().now() + limits::greet_timeout;
  self->send(to.who, std::move(said), node_doors{});
}

void sweep(visitor_pointer self) {
  auto& state = self->state;
  for (const auto& [name, entry] : state.known.all())
    if (can_be_called(entry))
      state.places.try_emplace(entry.at);
  const auto now = self->clock().now();
  for (auto& [at, to] : state.places) {
    if (to.is_in || to.until > now)
      continue;
    if (to.who) {
      introduce(self, to);
      continue;
    }
    to.until = now + limits::greet_timeout;
    to.dial = ++state.last_dial;
    // It needs no more of a member than to hear how that went.
    self->send(state.config.dialler, dial_order{to.dial, at},
               caf::actor_cast<member_actor>(visitor_actor{self}));
  }
}

void on_dialled(visitor_pointer self, const dialled& in) {
  for (auto& [at, to] : self->state.places) {
    if (to.dial != in.number || to.who)
      continue;
    to.until = self->clock().now() + redial_pause;
    if (!in.who)
      return;
    to.who = caf::actor_cast<member_actor>(in.who);
    self->monitor(to.who);
    introduce(self, to);
    return;
  }
}

void on_greeting(visitor_pointer self, const greeting& said,
                 const node_doors& doors) {
  auto& state = self->state;
  const auto from = caf::actor_cast<caf::actor_addr>(self->current_sender());
  for (auto& [at, to] : state.places)
    to.is_in = to.is_in || (to.who && to.who.address() == from);
  auto& node = node_of(self, said.who.name);
  node.who = from;
  if (node.gateway == doors.gateway)
    return;
  node.gateway = doors.gateway;
  node.ledger = doors.ledger;
  self->send(node.proxy, doors.gateway);
  publish(self);
}

void on_news(visitor_pointer self, const wire_news& in) {
  auto& state = self->state;
  state.has_heard = state.has_heard || in.is_last;
  for (const auto& entry : in.known)
    if (is_valid(entry)
        && (state.known.find(entry.name)
            || state.known.all().size() < limits::node_names_max))
      state.known.merge(entry);
  publish(self);
}

void lose(visitor_pointer self, const caf::actor_addr& who) {
  auto& state = self->state;
  for (auto& [at, to] : state.places)
    if (to.who && to.who.address() == who)
      to = {};
  for (auto& [name, node] : state.nodes)
    if (node.who == who && node.gateway) {
      node.gateway = nullptr;
      node.ledger = nullptr;
      self->send(node.proxy, finish_atom_v);
    }
  publish(self);
}

} // namespace

visitor_actor::behavior_type visitor(visitor_pointer self,
                                     visitor_config config) {
  self->state.config = std::move(config);
  self->state.places.try_emplace(self->state.config.host);
  self->set_down_handler(
      [=](const caf::down_msg& msg) { lose(self, msg.source); });
  self->send(self, sweep_atom_v);
  return {
      [=](const greeting& said, const node_doors& doors) {
        on_greeting(self, said, doors);
      },
      [=](wire_refusal& in) {
        self->state.refusal = std::move(in.said.why);
        publish(self);
      },
      [=](const wire_news& in) { on_news(self, in); },
      [=](const dialled& in) { on_dialled(self, in); },
      [=](sweep_atom) {
        self->delayed_send(self, visit_sweep_every, sweep_atom_v);
        sweep(self);
      },
  };
}

} // namespace holdfast
