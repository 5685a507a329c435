#include "actors/cluster_wiring.hpp"

#include <map>
#include <string>
#include <utility>

#include <caf/send.hpp>

#include "actors/feed_reader.hpp"

namespace holdfast {

namespace {

membership::settings protocol_of(const settings& with) {
  membership::settings made;
  made.cluster = with.cluster_name;
  for (const auto& seed : with.join)
    made.seeds.push_back(*parse_node_address(seed));
  return made;
}

/// Those of the chain, and others made when they are granted.
std::function<answer_actor(const std::string&)> stores_of(const settings& with,
                                                          const chain& actors) {
  std::map<std::string, answer_actor> stores;
  for (std::size_t i = 0; i < with.stores.size(); ++i)
    stores.emplace(with.stores[i], actors.stores[i]);
  return [stores,
          make = actors.make_store](const std::string& name) -> answer_actor {
    const auto known = stores.find(name);
    return known == stores.end() ? answer_actor{make(name)} : known->second;
  };
}

routing closed(const cluster_parts& parts, const feed_actor& feed) {
  routing made;
  made.is_whole = false;
  made.feed = feed;
  for (const auto& store : parts.with.stores)
    made.stores.try_emplace(store);
  for (const auto& [name, entry] : parts.config.memory.known.all())
    for (const auto& store : entry.stores)
      made.stores.try_emplace(store);
  return made;
}

} // namespace

cluster_actors spawn_cluster(caf::actor_system& system, cluster_parts parts) {
  cluster_actors made;
  const auto& actors = *parts.actors;
  auto& config = parts.config;
  const auto& board = config.board;
  config.out.entry = actors.entry;
  made.gateway =
      system.spawn(vital(gateway, config.on_fatal), actors.journal,
                   std::shared_ptr<gateway_counters>{board, &board->gateway},
                   config.gateway_pending_max);
  made.feed = system.spawn(
      vital(feed_reader, config.on_fatal), parts.with.node_name, actors.journal,
      std::shared_ptr<const cluster_board>{board}, config.out);
  config.with = protocol_of(parts.with);
  config.doors = {made.gateway, parts.rounds.own};
  config.directory = actors.directory;
  config.local = stores_of(parts.with, actors);
  config.feed = made.feed;
  config.on_ledger = [rounds = parts.rounds.rounds](ledger_news now) {
    caf::anon_send(rounds, std::move(now));
  };
  caf::anon_send(actors.directory, closed(parts, made.feed));
  // A round without them would be one of all stores that are known.
  for (const auto& [name, entry] : config.memory.known.all())
    if (!entry.retired && name != parts.with.node_name)
      config.on_ledger({name, entry.stores, ledger_actor{}, false});
  made.member = parts.detach
                    ? system.spawn<caf::detached>(member, std::move(config))
                    : system.spawn(member, std::move(config));
  return made;
}

void cluster_actors::drain() {
  caf::anon_send(gateway, finish_atom_v);
}

void cluster_actors::finish() {
  caf::anon_send_exit(member, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(gateway, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(feed, caf::exit_reason::user_shutdown);
}

} // namespace holdfast
