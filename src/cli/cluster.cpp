#include "src/cli/cluster.hpp"

#include <utility>

#include <caf/scoped_actor.hpp>

#include "holdfast/journal.hpp"
#include "src/storage/roster_file.hpp"
#include "src/telemetry/log.hpp"

namespace holdfast::cli {

namespace {

/// A disk that hangs is not waited for.
constexpr std::chrono::milliseconds end_patience{500};

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
  case kind::waits:
    telemetry::log_warn("stores_wait", {{"reason", said.detail}});
    break;
  }
}

/// False if there is no room.
bool save(const std::string& data_dir, const roster_memory& memory) {
  try {
    storage::write_roster(*storage::system_disk(), data_dir, memory);
    return true;
  } catch (const journal_error& error) {
    if (error.is() != journal_error::kind::full)
      throw;
    telemetry::log_fault("cluster_not_saved", error.what());
    return false;
  }
}

} // namespace

cluster::cluster(caf::actor_system& system, parts from)
    : system_(system), board_(std::move(from.board)),
      network_(
          std::make_unique<node_network>(system, from.with, from.on_fatal)) {
  cluster_parts parts;
  parts.with = from.with;
  parts.actors = from.actors;
  parts.rounds = from.view->actors();
  auto& config = parts.config;
  config.self = introduce(from.with, from.start);
  config.self.who.at.port = network_->port();
  config.memory = std::move(from.start.memory);
  config.save = [dir = from.with.data_dir](const roster_memory& memory) {
    return save(dir, memory);
  };
  config.dialler = network_->dialler();
  config.on_note = log_note;
  config.on_accepted = network_->introducer();
  config.on_verdict = [verdict = verdict_](const std::string& why) {
    const std::lock_guard guard{verdict->mutex};
    verdict->text = why;
  };
  config.on_fatal = std::move(from.on_fatal);
  config.board = board_;
  config.out.counters = std::move(from.admission);
  parts.with.stores = std::move(from.start.stores);
  actors_ = spawn_cluster(system, std::move(parts));
  if (network_->port() != 0)
    network_->open(actors_.member);
}

cluster::~cluster() {
  finish();
}

std::string cluster::verdict() const {
  const std::lock_guard guard{verdict_->mutex};
  return verdict_->text;
}

void cluster::drain() {
  actors_.drain();
}

bool cluster::is_idle() const {
  return board_->gateway.pending == 0;
}

bool cluster::has_parted() const {
  return board_->gateway.proxies == 0;
}

void cluster::finish() {
  caf::scoped_actor self{system_};
  self->monitor(actors_.member);
  actors_.finish();
  self->receive([](const caf::down_msg&) {}, caf::after(end_patience) >> [] {});
  network_->finish();
}

} // namespace holdfast::cli
