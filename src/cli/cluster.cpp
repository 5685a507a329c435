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

std::uint64_t random_number() {
  std::random_device source;
  return std::uint64_t{source()} << 32 | source();
}

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

/// CAF reads them for every connection, and throws where nobody catches.
void check_certificates(const settings& with) {
  if (with.node_tls_cert.empty())
    return;
  (void)http::load_tls_context(with.node_tls_cert, with.node_tls_key);
  std::ostringstream text;
  text << std::ifstream{with.node_tls_ca}.rdbuf();
  if (text.str().find("-----BEGIN CERTIFICATE-----") == std::string::npos)
    throw config::config_error{"NODE_TLS_CA is " + with.node_tls_ca
                               + ": there is no certificate in it"};
}

greeting introduce(const settings& with, const member_start& start) {
  greeting made;
  made.cluster = with.cluster_name;
  made.run = random_number();
  made.who.name = with.node_name;
  made.who.journal = start.memory.journal;
  made.who.epoch = start.memory.epoch;
  made.who.at = {with.node_host, with.node_port};
  made.who.stores = start.stores;
  return made;
}

membership::settings protocol_of(const settings& with) {
  membership::settings made;
  made.cluster = with.cluster_name;
  for (const auto& seed : with.join)
    made.seeds.push_back(*parse_node_address(seed));
  return made;
}

} // namespace

member_start prepare_member(const settings& with) {
  check_certificates(with);
  member_start made;
  made.stores = with.stores;
  auto known = storage::read_roster(with.data_dir);
  if (!known) {
    made.memory.name = with.node_name;
    made.memory.journal = random_number();
  } else {
    made.memory = std::move(*known);
  }
  auto& memory = made.memory;
  if (memory.name != with.node_name)
    throw std::runtime_error{"the directory belongs to node " + memory.name
                             + ", not to " + with.node_name};
  for (const auto& store : memory.created)
    if (std::find(made.stores.begin(), made.stores.end(), store)
        == made.stores.end())
      made.stores.push_back(store);
  for (const auto& store : made.stores)
    if (const auto* owner = memory.known.owner_of(store);
        owner && owner->name != with.node_name)
      throw std::runtime_error{"store " + store + " belongs to node "
                               + owner->name};
  ++memory.epoch;
  return made;
}

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
    storage::write_roster(dir, memory);
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
      system.spawn(feed_reader, from.with.node_name, from.actors->journal);
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
  config.board = board_;
  config.self.who.at.port = network_->port();
  // Nothing can be reached before the member says so.
  routing closed;
  closed.feed = feed_;
  for (const auto& store : from.start.stores)
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
