#include "src/cli/node.hpp"

#include <filesystem>
#include <thread>

#include <caf/scoped_actor.hpp>

#include "holdfast/limits.hpp"
#include "src/cli/node_journal.hpp"
#include "src/cli/open_files.hpp"
#include "src/telemetry/log.hpp"

namespace holdfast::cli {

namespace {

using namespace std::chrono_literals;

/// Messages an actor handles before it gives its thread to the next.
constexpr std::size_t max_throughput = 200;
/// How often a drain looks whether the last answer has gone out.
constexpr auto drain_poll = 5ms;

node_view make_view(const settings& with) {
  node_view made;
  made.with = with;
  made.server = std::make_shared<http::server_counters>(with.http_threads);
  return made;
}

} // namespace

actor_config::actor_config(const settings& with) {
  // `direct` leaves to the scheduler only what no request brings along.
  const auto policy =
      with.actor_policy == "direct" ? "sharing" : with.actor_policy;
  set("scheduler.policy", caf::atom_from_string(policy));
  set("scheduler.max-threads", static_cast<std::size_t>(with.actor_threads));
  set("scheduler.max-throughput", max_throughput);
  add_message_types<caf::id_block::holdfast>();
}

node::node(const settings& with, http::credentials credentials)
    : with_(with), lock_(lock_directory(with)), view_(make_view(with)),
      observability_(view_), control_(with), config_(with), system_(config_) {
  auto journal = open_journal(with, lock_);
  const auto opened_ms = static_cast<std::int64_t>(view_.uptime() / 1ms);
  telemetry::log_info("journal_opened", {{"events", journal.log->last_seq()},
                                         {"millis", opened_ms}});
  time_ = journal.time;
  chain_parts parts;
  parts.with = with;
  parts.journal = std::move(journal.log);
  parts.leases = std::move(journal.leases);
  parts.time = time_;
  parts.counters = view_.journal;
  parts.mediators = view_.mediators;
  parts.on_fatal = [](const std::string& why) {
    telemetry::log_fault("journal_failed", why);
  };
  chain_ = spawn_chain(system_, std::move(parts));
  http::server_config config;
  config.host = with.host;
  config.port = with.port;
  config.threads = with.http_threads;
  config.connections_max =
      make_room_for_connections(with.connections_max, with.http_threads);
  if (config.connections_max < with.connections_max)
    telemetry::log_warn("connections_limited",
                        {{"wanted", with.connections_max},
                         {"allowed", config.connections_max}});
  config.on_accept_failure = [](const std::error_code& why) {
    telemetry::log_warn("accept_failed", {{"reason", why.message()}});
  };
  config.control = &control_;
  config.node = with.node_name;
  config.runs_chain = with.actor_policy == "direct";
  config.credentials = std::move(credentials);
  config.page = [this](http::page_request&& asked, http::page_reply reply) {
    if (!central_->answer(asked, reply))
      reply(page(asked));
  };
  config.log = make_request_log();
  config.counters = view_.server;
  try {
    central_ =
        std::make_unique<central>(system_, with, time_, chain_.directory);
    server_ = std::make_unique<http::server>(system_, chain_.entry,
                                             std::move(config));
  } catch (...) {
    // The actor system ends only after its actors.
    central_.reset();
    chain_.finish();
    throw;
  }
  pulse_ = std::make_unique<journal_pulse>(system_, chain_.journal);
}

std::uint16_t node::port() const noexcept {
  return server_->port();
}

void node::use(const http::credentials& credentials) {
  server_->use(credentials);
}

bool node::beat() {
  const auto threads = server_->beat();
  return pulse_->beat() && threads;
}

bool node::drain(std::chrono::milliseconds within) {
  const auto until = std::chrono::steady_clock::now() + within;
  is_draining_ = true;
  server_->drain();
  central_->drain();
  const auto& waiting = control_.counters.in_flight;
  while (waiting > 0 && std::chrono::steady_clock::now() < until)
    std::this_thread::sleep_for(drain_poll);
  const auto answered = waiting == 0;
  // While its connections are there: those that wait for a round are answered.
  central_->last_round(limits::last_round_deadline);
  central_->finish();
  server_->stop();
  chain_.finish();
  caf::scoped_actor self{system_};
  self->monitor(chain_.journal);
  const auto left = std::max<std::chrono::milliseconds>(
      std::chrono::duration_cast<std::chrono::milliseconds>(
          until - std::chrono::steady_clock::now()),
      100ms);
  bool closed = false;
  self->receive([&](const caf::down_msg&) { closed = true; },
                caf::after(left) >> [] {});
  return answered && closed;
}

} // namespace holdfast::cli
