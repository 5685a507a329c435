#include "src/cli/node.hpp"

#include <filesystem>
#include <thread>

#include <caf/scoped_actor.hpp>

#include "holdfast/limits.hpp"
#include "http/page_json.hpp"
#include "src/config/version.hpp"
#include "src/storage/sqlite_journal.hpp"
#include "src/telemetry/log.hpp"

namespace holdfast::cli {

namespace {

using namespace std::chrono_literals;

/// Messages an actor handles before it gives its thread to the next.
constexpr std::size_t max_throughput = 200;
/// How often a drain looks whether the last answer has gone out.
constexpr auto drain_poll = 5ms;

std::size_t waiting_max(const settings& with) {
  if (with.load_shed_queue_max == 0)
    return limits::in_flight_max;
  return std::min<std::size_t>(with.load_shed_queue_max + with.concurrency_api,
                               limits::in_flight_max);
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
    : with_(with), lock_(with.data_dir), config_(with), system_(config_) {
  storage::journal_options options;
  options.data_dir = with.data_dir;
  options.node_name = with.node_name;
  options.key_ttl_ms = with.idemp_ttl_ms;
  auto journal = storage::open_sqlite_journal(options);
  time_ = std::make_shared<steady_time>(journal->last_time_ms());
  chain_parts parts;
  parts.with = with;
  parts.journal = std::move(journal);
  parts.time = time_;
  parts.counters = counters_;
  parts.on_fatal = [](const std::string& why) {
    telemetry::log_error("journal_failed", {{"reason", why}});
  };
  chain_ = spawn_chain(system_, std::move(parts));
  http::server_config config;
  config.host = with.host;
  config.port = with.port;
  config.threads = with.http_threads;
  config.waiting_max = waiting_max(with);
  config.node = with.node_name;
  config.runs_chain = with.actor_policy == "direct";
  config.credentials = std::move(credentials);
  config.page = [this](http::page_request&& asked, http::page_reply reply) {
    reply(page(asked.which));
  };
  try {
    server_ = std::make_unique<http::server>(system_, chain_.entry,
                                             std::move(config));
  } catch (...) {
    // The actor system ends only after its actors.
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

http::api_response node::page(http::builtin which) const {
  switch (which) {
  case http::builtin::health: {
    const auto up = std::chrono::steady_clock::now() - started_;
    return http::render_health(
        {is_draining_ ? "draining" : "ok",
         std::chrono::duration_cast<std::chrono::seconds>(up).count(),
         time_->now_ms(), config::program_version()});
  }
  case http::builtin::readiness: {
    const std::array checks{
        http::readiness_check{"journal", !counters_->failed && !counters_->full,
                              counters_->failed ? "failed"
                              : counters_->full ? "out of space"
                                                : ""},
        http::readiness_check{"accepting", !is_draining_,
                              is_draining_ ? "draining" : ""}};
    return http::render_readiness(checks);
  }
  case http::builtin::stores: {
    std::vector<http::store_view> stores;
    for (const auto& name : with_.stores)
      stores.push_back({name, with_.node_name, "up"});
    return http::render_stores(stores);
  }
  case http::builtin::openapi:
    return http::render_openapi();
  case http::builtin::liveness:
  case http::builtin::none:
    break;
  }
  return http::render_liveness();
}

bool node::drain(std::chrono::milliseconds within) {
  const auto until = std::chrono::steady_clock::now() + within;
  is_draining_ = true;
  server_->drain();
  while (server_->waiting() > 0 && std::chrono::steady_clock::now() < until)
    std::this_thread::sleep_for(drain_poll);
  const auto answered = server_->waiting() == 0;
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
