#include "actors/chain.hpp"

#include <unordered_map>

#include <caf/send.hpp>

#include "actors/breaker.hpp"
#include "actors/bulkhead.hpp"
#include "actors/directory.hpp"
#include "actors/store.hpp"
#include "holdfast/limits.hpp"

namespace holdfast {

namespace {

journal_actor spawn_journal(caf::actor_system& system, chain_parts& parts) {
  journal_writer_config config{
      parts.time,
      parts.with.idemp_ttl_ms,
      parts.counters,
      parts.on_fatal,
      {parts.mediators, &parts.mediators->leases},
  };
  if (parts.detach_journal)
    return system.spawn<caf::detached>(journal_writer, std::move(parts.journal),
                                       std::move(config));
  return system.spawn(journal_writer, std::move(parts.journal),
                      std::move(config));
}

store_actor spawn_store(caf::actor_system& system, const chain_parts& parts,
                        const std::string& name, const journal_actor& journal) {
  auto config = std::make_shared<store_config>();
  config->store = name;
  config->counters = {parts.mediators, &parts.mediators->stores.at(name)};
  config->time = parts.time;
  config->default_ttl_s = parts.with.reservation_ttl_s;
  config->key_ttl_ms = parts.with.idemp_ttl_ms;
  config->idle_after = parts.idle_after;
  config->snapshot_every = parts.with.snapshot_every_n_events;
  config->retry_base = std::chrono::milliseconds{parts.with.retry_base_ms};
  config->retry_times = parts.with.retry_times;
  config->leases = parts.leases;
  config->lease_counts = {parts.mediators, &parts.mediators->leases};
  return system.spawn(store, std::move(config), journal);
}

} // namespace

chain spawn_chain(caf::actor_system& system, chain_parts parts) {
  chain made;
  made.journal = spawn_journal(system, parts);
  const auto& counters = parts.mediators;
  for (const auto& name : parts.with.stores)
    counters->stores[name];
  std::unordered_map<std::string, store_actor> by_name;
  for (const auto& name : parts.with.stores) {
    made.stores.push_back(spawn_store(system, parts, name, made.journal));
    by_name.emplace(name, made.stores.back());
  }
  made.directory = system.spawn(directory, std::move(by_name), made.journal);
  breaker_policy::settings policy;
  policy.threshold = parts.with.breaker_threshold;
  policy.cooldown = std::chrono::milliseconds{parts.with.breaker_cooldown_ms};
  made.breaker = system.spawn(
      breaker, made.directory, policy,
      std::shared_ptr<breaker_counters>{counters, &counters->breaker});
  made.entry = system.spawn(
      bulkhead, made.breaker,
      bulkhead_policy{parts.with.concurrency_api, limits::bulkhead_queue_max},
      std::shared_ptr<bulkhead_counters>{counters, &counters->bulkhead});
  return made;
}

void chain::finish() {
  const auto bye = caf::exit_reason::user_shutdown;
  caf::anon_send_exit(entry, bye);
  caf::anon_send_exit(breaker, bye);
  caf::anon_send_exit(directory, bye);
  for (const auto& store : stores)
    caf::anon_send_exit(store, bye);
  caf::anon_send(journal, finish_atom_v);
}

} // namespace holdfast
