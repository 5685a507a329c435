#include "actors/member_routes.hpp"

#include <algorithm>
#include <utility>

#include "actors/member_guests.hpp"

namespace holdfast {

namespace {

using member_pointer = member_actor::stateful_pointer<member_state>;

member_state::remote& remote_of(member_pointer self, const std::string& node) {
  auto& state = self->state;
  auto [place, is_new] = state.remotes.try_emplace(node);
  auto& made = place->second;
  if (is_new) {
    made.counters = std::make_shared<remote_counters>();
    // Linked: should the member fail, nobody else knows all of them.
    made.proxy = self->spawn<caf::linked>(
        vital(remote_node, state.config.on_fatal),
        remote_node_config{node, state.config.out, made.counters,
                           state.config.remote_pending_max});
  }
  return made;
}

/// Tells whoever reads ledgers what is new: each may be of a thousand stores.
void tell_ledger(member_state& state, const std::string& node,
                 const std::vector<std::string>& stores,
                 const ledger_actor& reader) {
  const auto is_whole = state.protocol->is_whole();
  auto& told = state.ledgers[node];
  if (told.node == node && told.stores == stores && told.reader == reader
      && told.is_whole == is_whole)
    return;
  told = {node, stores, reader, is_whole};
  state.config.on_ledger(told);
}

/// The proxy of a node gets its gateway, or loses it.
void connect(member_pointer self, const std::string& node,
             const roster_entry& entry) {
  auto& state = self->state;
  auto& remote = remote_of(self, node);
  const auto& seen = state.protocol->peers().at(node);
  const auto link = seen.is == peer_view::state::up ? seen.link : 0;
  const auto found = state.links.find(link);
  const bool is_up = found != state.links.end() && found->second.doors.gateway;
  if (link != std::exchange(remote.link, link)) {
    if (is_up)
      self->send(remote.proxy, found->second.doors.gateway);
    else
      self->send(remote.proxy, finish_atom_v);
  }
  // Who was lost was told as none: no old handle is taken for a new one.
  tell_ledger(state, node, entry.stores,
              is_up ? found->second.doors.ledger : ledger_actor{});
}

answer_actor local_of(member_pointer self, const std::string& store) {
  auto& state = self->state;
  auto [place, is_new] = state.locals.try_emplace(store);
  if (is_new)
    place->second = state.config.local(store);
  return place->second;
}

/// What may be served now: nothing as long as this node may be a copy that runs
/// beside the original. Its stores stay its own meanwhile.
std::vector<std::string> open_stores(const member_state& state) {
  return state.protocol->is_doubted() ? std::vector<std::string>{}
                                      : state.served;
}

/// It is noted once: the wall clock may be set, and two readers are told the
/// same.
std::int64_t since_ms(const member_state& state, const node_row& row,
                      const cluster_snapshot& shown) {
  if (row.seen.since == membership::clock::time_point{})
    return 0;
  for (const auto& each : shown.nodes)
    if (each.entry.name == row.entry.name && each.seen.since == row.seen.since)
      return each.since_ms;
  return state.config.wall_ms();
}

} // namespace

void publish_routes(member_pointer self) {
  auto& state = self->state;
  const auto& protocol = *state.protocol;
  const auto& own_name = protocol.introduction().who.name;
  routing all;
  routing own;
  feed_news feeds;
  for (const auto& [name, entry] : protocol.known().all()) {
    if (name != own_name && entry.retired)
      tell_ledger(state, name, {}, ledger_actor{});
    if (name == own_name || entry.retired)
      continue;
    connect(self, name, entry);
    const answer_actor proxy = remote_of(self, name).proxy;
    feeds.feeds.emplace(name, proxy);
    for (const auto& store : entry.stores)
      all.stores.emplace(store, proxy);
  }
  // What is wanted and not granted cannot be reached yet.
  for (const auto& store : protocol.introduction().who.stores)
    all.stores.try_emplace(store);
  for (const auto& store : state.served)
    all.stores.try_emplace(store);
  for (const auto& store : open_stores(state)) {
    all.stores[store] = local_of(self, store);
    own.stores[store] = local_of(self, store);
  }
  self->send(state.config.doors.gateway, std::move(own));
  tell_ledger(state, own_name, state.served, state.config.doors.ledger);
  all.is_whole = protocol.is_whole();
  all.feed = state.config.feed;
  self->send(state.config.feed, std::move(feeds));
  self->send(state.config.directory, std::move(all));
  tell_guests(self);
}

void publish_board(member_pointer self, bool is_new) {
  auto& state = self->state;
  const auto& protocol = *state.protocol;
  auto obstacle = state.owes_save ? "the disk is full" : protocol.obstacle();
  const bool is_stale =
      std::exchange(state.is_stale, false) || obstacle != state.waited_for;
  if (!is_stale && !is_new)
    return;
  state.waited_for = obstacle;
  const auto shown = state.config.board->read();
  auto made = std::make_shared<cluster_snapshot>();
  made->nodes.push_back({protocol.introduction().who, {}, true, nullptr});
  for (const auto& [name, entry] : protocol.known().all()) {
    if (name == protocol.introduction().who.name)
      continue;
    node_row row{entry, {}, false, nullptr};
    if (const auto peer = protocol.peers().find(name);
        peer != protocol.peers().end())
      row.seen = peer->second;
    if (const auto remote = state.remotes.find(name);
        remote != state.remotes.end())
      row.counters = remote->second.counters;
    row.since_ms = since_ms(state, row, *shown);
    made->nodes.push_back(std::move(row));
  }
  std::sort(
      made->nodes.begin(), made->nodes.end(),
      [](const auto& a, const auto& b) { return a.entry.name < b.entry.name; });
  made->granted = open_stores(state);
  made->is_whole = protocol.is_whole();
  made->is_settled = obstacle.empty();
  made->waits_for = std::move(obstacle);
  state.config.board->publish(std::move(made));
}

void leave(member_pointer self) {
  // Those that were made meanwhile; others are ended by their chain, too.
  for (const auto& [name, store] : self->state.locals)
    self->send_exit(store, caf::exit_reason::user_shutdown);
}

} // namespace holdfast
