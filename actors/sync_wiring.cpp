#include "actors/sync_wiring.hpp"

#include <utility>

#include <caf/send.hpp>

#include "actors/survey.hpp"
#include "holdfast/limits.hpp"

namespace holdfast {

sync_rounds::settings rounds_of(const settings& with) {
  sync_rounds::settings made;
  made.interval = std::chrono::milliseconds{with.sync_interval_ms};
  // A member says when it knows all the others.
  made.is_whole = !with.is_member();
  made.callers = bulkhead_policy{with.concurrency_sync, limits::sync_queue_max};
  auto& reading = made.reading;
  reading.retry_base = std::chrono::milliseconds{with.retry_base_ms};
  reading.retry_times = with.retry_times;
  reading.timeout = limits::collect_timeout;
  reading.breaker.threshold = with.breaker_threshold;
  reading.breaker.cooldown =
      std::chrono::milliseconds{with.breaker_cooldown_ms};
  // Questions are few: those of one failed round are enough, and a window
  // holds several rounds.
  reading.breaker.calls_min = with.retry_times + 1;
  reading.breaker.window = std::chrono::seconds{60};
  reading.breaker.probes_max = 1;
  return made;
}

sync_actors spawn_sync(caf::actor_system& system, sync_parts parts) {
  sync_actors made;
  const auto on_fatal = parts.owner.on_fatal;
  const auto reader = vital(ledger_reader, on_fatal);
  made.own = parts.detach
                 ? system.spawn<caf::detached>(reader, std::move(parts.own),
                                               parts.owner)
                 : system.spawn(reader, std::move(parts.own), parts.owner);
  auto& config = parts.config;
  system.spawn(vital(survey, on_fatal),
               survey_config{made.own, config.owners, parts.with.stores,
                             !parts.with.locks_enabled});
  config.with = rounds_of(parts.with);
  config.ledgers = {{{parts.with.node_name, parts.with.stores}, made.own}};
  const auto rounds = vital(synchronizer, on_fatal);
  made.rounds = parts.detach
                    ? system.spawn<caf::detached>(rounds, std::move(config))
                    : system.spawn(rounds, std::move(config));
  return made;
}

void sync_actors::finish() {
  caf::anon_send_exit(rounds, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(own, caf::exit_reason::user_shutdown);
}

} // namespace holdfast
