#include "src/cli/node.hpp"

#include <algorithm>
#include <thread>

#include <caf/scoped_actor.hpp>

#include "holdfast/node_limits.hpp"
#include "src/cli/cluster_metrics.hpp"
#include "src/cli/node_journal.hpp"
#include "src/cli/open_files.hpp"
#include "src/cli/wish_pages.hpp"
#include "src/telemetry/log.hpp"

namespace holdfast::cli {

namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

/// How often a drain looks whether the last answer has gone out.
constexpr auto drain_poll = 5ms;
/// What the log may take once everything else has ended.
constexpr auto log_rest = 1s;

/// True once `holds`, false if it does not by then.
template <class Condition>
bool wait_until(clock::time_point until, Condition holds) {
  while (!holds()) {
    if (clock::now() >= until)
      return false;
    std::this_thread::sleep_for(drain_poll);
  }
  return true;
}

node_view make_view(const settings& with) {
  node_view made;
  made.with = with;
  made.server = std::make_shared<http::server_counters>(with.http_threads);
  return made;
}

} // namespace

node::node(const settings& with, http::credentials credentials)
    : with_(with), lock_(lock_directory(with)), view_(make_view(with)),
      observability_(view_), control_(with, view_.admission), config_(with),
      system_(config_) {
  auto start = prepare_member(with_);
  with_.stores = start.stores;
  view_.with.stores = start.stores;
  auto journal = open_journal(with, lock_);
  opening_.reset();
  const auto opened_ms = static_cast<std::int64_t>(view_.uptime() / 1ms);
  telemetry::log_info("journal_opened", {{"events", journal.log->last_seq()},
                                         {"millis", opened_ms}});
  time_ = journal.time;
  chain_parts parts;
  parts.with = with_;
  parts.is_member = with.is_member();
  parts.journal = std::move(journal.log);
  parts.leases = std::move(journal.leases);
  parts.time = time_;
  parts.counters = view_.journal;
  parts.mediators = view_.mediators;
  parts.on_fatal = on_fatal_;
  chain_ = spawn_chain(system_, std::move(parts));
  try {
    central_ = std::make_unique<central>(
        system_, with_, time_, chain_.directory, view_.sync,
        ledger_owner{view_.journal, on_fatal_});
    if (with.is_member())
      join(std::move(start));
    else
      declare_no_cluster(observability_.health());
    if (with.has_http)
      serve_http(std::move(credentials));
  } catch (...) {
    // The actor system ends only after its actors.
    cluster_.reset();
    central_.reset();
    chain_.finish();
    throw;
  }
  pulse_ = std::make_unique<journal_pulse>(system_, chain_.journal);
}

void node::join(member_start start) {
  declare_cluster(observability_, board_);
  cluster_ = std::make_unique<cluster>(
      system_, cluster::parts{with_, std::move(start), &chain_, central_.get(),
                              board_, view_.admission, on_fatal_});
}

void node::serve_http(http::credentials credentials) {
  http::server_config config;
  config.host = with_.host;
  config.port = with_.port;
  config.threads = with_.http_threads;
  config.connections_max =
      make_room_for_connections(with_.connections_max, with_.http_threads);
  if (config.connections_max < with_.connections_max)
    telemetry::log_warn("connections_limited",
                        {{"wanted", with_.connections_max},
                         {"allowed", config.connections_max}});
  config.on_accept_failure = [](const std::error_code& why) {
    telemetry::log_warn("accept_failed", {{"reason", why.message()}});
  };
  config.control = &control_;
  // A member's feed is of all nodes, so no name is its own.
  if (!cluster_)
    config.node = with_.node_name;
  config.runs_chain = with_.actor_policy == "direct";
  config.on_fatal = on_fatal_;
  config.credentials = std::move(credentials);
  config.page = [this](http::page_request&& asked, http::page_reply reply) {
    if (!central_->answer(asked, reply)
        && !answer_wish(cluster_ ? cluster_->member() : member_actor{}, asked,
                        reply))
      reply(page(asked));
  };
  config.key_ttl = std::chrono::milliseconds{with_.idemp_ttl_ms};
  config.log = make_request_log();
  config.counters = view_.server;
  server_ =
      std::make_unique<http::server>(system_, chain_.entry, std::move(config));
}

std::uint16_t node::port() const noexcept {
  return server_ ? server_->port() : 0;
}

std::uint16_t node::node_port() const noexcept {
  return cluster_ ? cluster_->port() : 0;
}

std::string node::verdict() const {
  return cluster_ ? cluster_->verdict() : std::string{};
}

void node::use(const http::credentials& credentials) {
  if (server_)
    server_->use(credentials);
}

bool node::beat() {
  const auto threads = !server_ || server_->beat();
  return pulse_->beat() && threads;
}

bool node::drain(std::chrono::milliseconds within) {
  const auto began = clock::now();
  const auto until = began + within;
  is_draining_ = true;
  if (server_)
    server_->drain();
  central_->drain();
  if (cluster_)
    cluster_->drain();
  const auto answered = wait_until(until, [this] {
    return control_.counters->in_flight == 0
           && (!cluster_ || cluster_->is_idle());
  });
  // What is still on its way here would be lost, and nobody knew whether it was
  // done.
  if (cluster_)
    wait_until(std::min(until, clock::now() + limits::parting_time),
               [this] { return cluster_->has_parted(); });
  // While its connections are there: those that wait for a round are answered.
  const auto complete = central_->last_round(limits::last_round_deadline);
  telemetry::log_info("last_round", {{"complete", complete}});
  central_->finish();
  // Those that wait for a wish, too.
  if (cluster_)
    cluster_->finish();
  if (server_)
    server_->stop();
  observability_.conclude();
  chain_.finish();
  caf::scoped_actor self{system_};
  self->monitor(chain_.journal);
  // A slow disk closes slowly: the process only has to end in time.
  const auto left = std::max<std::chrono::milliseconds>(
      std::chrono::duration_cast<std::chrono::milliseconds>(
          began + limits::exit_deadline - log_rest - clock::now()),
      100ms);
  bool closed = false;
  self->receive([&](const caf::down_msg&) { closed = true; },
                caf::after(left) >> [] {});
  return answered && closed;
}

} // namespace holdfast::cli
