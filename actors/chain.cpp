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
  journal_writer_config config{parts.time, parts.with.idemp_ttl_ms,
                               parts.counters, parts.on_fatal};
  if (parts.detach_journal)
    return system.spawn<caf::detached>(journal_writer, std::move(parts.journal),
                                       std::move(config));
  return system.spawn(journal_writer, std::move(parts.journal),
                      std::move(config));
}

/// What every store of the chain is made from.
chain::store_maker make_stores(caf::actor_system& system,
                               const chain_parts& parts,
                               const journal_actor& journal) {
  store_config common;
  common.time = parts.time;
  common.default_ttl_s = parts.with.reservation_ttl_s;
  common.key_ttl_ms = parts.with.idemp_ttl_ms;
  common.idle_after = parts.idle_after;
  common.snapshot_every = parts.with.snapshot_every_n_events;
  common.retry_base = std::chrono::milliseconds{parts.with.retry_base_ms};
  common.retry_times = parts.with.retry_times;
  return [=, &system, all = parts.mediators](const std::string& name) {
    auto config = std::make_shared<store_config>(common);
    config->store = name;
    config->counters = {all, &all->stores.of(name)};
    return system.spawn(store, std::move(config), journal);
  };
}

} // namespace

chain spawn_chain(caf::actor_system& system, chain_parts parts) {
  chain made;
  made.journal = spawn_journal(system, parts);
  const auto& counters = parts.mediators;
  made.make_store = make_stores(system, parts, made.journal);
  routing routes;
  for (const auto& name : parts.with.stores) {
    made.stores.push_back(made.make_store(name));
    if (parts.is_member)
      routes.stores.emplace(name, answer_actor{});
    else
      routes.stores.emplace(name, made.stores.back());
  }
  made.directory = system.spawn(directory, std::move(routes), made.journal);
  breaker_policy::settings policy;
  policy.threshold = parts.with.breaker_threshold;
  policy.cooldown = std::chrono::milliseconds{parts.with.breaker_cooldown_ms};
  made.breaker = system.spawn(
      breaker, chain_actor{made.directory}, policy,
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
