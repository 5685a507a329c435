#include "src/cli/cluster.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <random>
#include <sstream>
#include <stdexcept>
#include <utility>

#include <caf/send.hpp>

#include "actors/feed_reader.hpp"
#include "actors/member.hpp"
#include "http/tls_context.hpp"
#include "src/config/config_error.hpp"
#include "src/storage/roster_file.hpp"
#include "src/telemetry/log.hpp"

namespace holdfast::cli {

namespace {

void log_note(const member_note& said) {
  using kind = member_note::kind;
  switch (said.is) {
  case kind::joined:
    telemetry::log_info("node_joined",
                        {{"node", said.node}, {"address", said.detail}});
    break;
  case kind::lost:
    telemetry::log_warn("node_lost",
                        {{"node", said.node}, {"reason", said.detail}});
    break;
  case kind::refused:
    telemetry::log_warn("node_refused",
                        {{"node", said.node}, {"reason", said.detail}});
    break;
  case kind::was_refused:
    telemetry::log_error("refused_by_node",
                         {{"node", said.node}, {"reason", said.detail}});
    break;
  case kind::granted:
    telemetry::log_info("stores_granted",
                        {{"node", said.node}, {"stores", said.detail}});
    break;
  case kind::retired:
    telemetry::log_warn("node_retired", {{"node", said.node}});
    break;
  }
}

/// False if there is no room.
bool save(const std::string& data_dir, const roster_memory& memory) {
  try {
    storage::write_roster(data_dir, memory);
    return true;
  } catch (const journal_error& error) {
    if (error.is() != journal_error::kind::full)
      throw;
    telemetry::log_fault("cluster_not_saved", error.what());
    return false;
  }
}

membership::settings protocol_of(const settings& with) {
  membership::settings made;
  made.cluster = with.cluster_name;
  for (const auto& seed : with.join)
    made.seeds.push_back(*parse_node_address(seed));
  return made;
}

} // namespace

cluster::cluster(caf::actor_system& system, parts from)
    : board_(std::move(from.board)),
      network_(std::make_unique<node_network>(system, from.with)) {
  gateway_ =
      system.spawn(gateway, from.actors->journal,
                   std::shared_ptr<gateway_counters>{board_, &board_->gateway});
  member_config config;
  config.with = protocol_of(from.with);
  config.self = introduce(from.with, from.start);
  config.memory = std::move(from.start.memory);
  config.save = [dir = from.with.data_dir](const roster_memory& memory) {
    return save(dir, memory);
  };
  config.dialler = network_->dialler();
  config.doors = {gateway_, from.view->ledger()};
  config.directory = from.actors->directory;
  std::map<std::string, answer_actor> stores;
  for (std::size_t i = 0; i < from.start.stores.size(); ++i)
    stores.emplace(from.start.stores[i], from.actors->stores[i]);
  config.local = [stores, make = from.actors->make_store](
                     const std::string& name) -> answer_actor {
    const auto known = stores.find(name);
    return known == stores.end() ? answer_actor{make(name)} : known->second;
  };
  config.feed = feed_ =
      system.spawn(feed_reader, from.with.node_name, from.actors->journal,
                   std::shared_ptr<const cluster_board>{board_});
  config.entry = from.actors->entry;
  config.on_ledger =
      [rounds = from.view->rounds()](const std::string& node,
                                     const std::vector<std::string>& stores,
                                     const ledger_actor& reader) {
        caf::anon_send(rounds, ledger_news{node, stores, reader});
      };
  config.on_note = log_note;
  config.on_verdict = [verdict = verdict_](const std::string& why) {
    const std::lock_guard guard{verdict->mutex};
    verdict->text = why;
  };
  config.on_failure = [verdict = verdict_](const std::string& why) {
    telemetry::log_fault("member_failed", why);
    verdict->has_failed = true;
  };
  config.board = board_;
  config.self.who.at.port = network_->port();
  // Nothing can be reached before the member says so.
  routing closed;
  closed.feed = feed_;
  for (const auto& store : from.start.stores)
    closed.stores.try_emplace(store);
  for (const auto& [name, entry] : config.memory.known.all())
    for (const auto& store : entry.stores)
      closed.stores.try_emplace(store);
  caf::anon_send(from.actors->directory, std::move(closed));
  member_ = system.spawn<caf::detached>(holdfast::member, std::move(config));
  if (network_->port() != 0)
    network_->open(member_);
}

cluster::~cluster() {
  finish();
}

std::string cluster::verdict() const {
  const std::lock_guard guard{verdict_->mutex};
  return verdict_->text;
}

void cluster::drain() {
  caf::anon_send(gateway_, finish_atom_v);
}

bool cluster::is_idle() const {
  return board_->gateway.pending == 0;
}

void cluster::finish() {
  caf::anon_send_exit(member_, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(gateway_, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(feed_, caf::exit_reason::user_shutdown);
  network_->finish();
}

} // namespace holdfast::cli
