#include "actors/chain.hpp"

#include <caf/send.hpp>

#include "actors/breaker.hpp"
#include "actors/bulkhead.hpp"
#include "actors/directory.hpp"
#include "actors/store.hpp"
#include "holdfast/limits.hpp"

namespace holdfast {

namespace {

using watch_ptr = std::shared_ptr<lease_watch>;

journal_actor spawn_journal(caf::actor_system& system, chain_parts& parts,
                            watch_ptr watch,
                            std::shared_ptr<journal_inbox> inbox) {
  journal_writer_config config{
      parts.time,
      std::move(inbox),
      parts.with.idemp_ttl_ms,
      parts.counters,
      parts.on_fatal,
      parts.now,
      {parts.mediators, &parts.mediators->leases},
      std::move(watch),
  };
  if (parts.detach_journal)
    return system.spawn<caf::detached>(vital(journal_writer, parts.on_fatal),
                                       std::move(parts.journal),
                                       std::move(config));
  return system.spawn(vital(journal_writer, parts.on_fatal),
                      std::move(parts.journal), std::move(config));
}

breaker_policy::settings circuit_of(const settings& with) {
  breaker_policy::settings made;
  made.threshold = with.breaker_threshold;
  made.cooldown = std::chrono::milliseconds{with.breaker_cooldown_ms};
  // A call that hangs is answered by its deadline only.
  made.probe_life = limits::request_deadline + limits::sweep_period;
  return made;
}

std::shared_ptr<disk_guard> make_disk_guard(caf::actor_system& system,
                                            const chain_parts& parts) {
  const auto& with = parts.with;
  if (with.concurrency_fs == 0 && with.breaker_threshold <= 0)
    return nullptr;
  return std::make_shared<disk_guard>(
      bulkhead_policy{with.concurrency_fs, parts.disk_queue_max},
      circuit_of(with),
      std::shared_ptr<disk_counters>{parts.mediators, &parts.mediators->disk},
      [&system] { return system.clock().now(); });
}

/// What every store of the chain is made from.
chain::store_maker make_stores(caf::actor_system& system,
                               const chain_parts& parts, const chain& made,
                               watch_ptr watch,
                               std::shared_ptr<journal_inbox> inbox) {
  store_config common;
  common.time = parts.time;
  common.inbox = std::move(inbox);
  common.disk = made.disk;
  common.default_ttl_s = parts.with.reservation_ttl_s;
  common.key_ttl_ms = parts.with.idemp_ttl_ms;
  common.idle_after = parts.idle_after;
  common.snapshot_every = parts.with.snapshot_every_n_events;
  common.retry_base = std::chrono::milliseconds{parts.with.retry_base_ms};
  common.retry_times = parts.with.retry_times;
  common.leases = std::move(watch);
  common.lease_counts = {parts.mediators, &parts.mediators->leases};
  return [=, &system, all = parts.mediators, on_fatal = parts.on_fatal,
          journal = made.journal](const std::string& name) {
    auto config = std::make_shared<store_config>(common);
    config->store = name;
    config->counters = {all, &all->stores.of(name)};
    return system.spawn(vital(store, on_fatal), std::move(config), journal);
  };
}

} // namespace

chain spawn_chain(caf::actor_system& system, chain_parts parts) {
  chain made;
  const auto watch =
      parts.leases ? std::make_shared<lease_watch>(parts.leases) : nullptr;
  const auto inbox = std::make_shared<journal_inbox>();
  made.journal = spawn_journal(system, parts, watch, inbox);
  made.disk = make_disk_guard(system, parts);
  const auto& counters = parts.mediators;
  made.make_store = make_stores(system, parts, made, watch, inbox);
  routing routes;
  routes.is_whole = !parts.is_member;
  for (const auto& name : parts.with.stores) {
    made.stores.push_back(made.make_store(name));
    if (parts.is_member)
      routes.stores.emplace(name, answer_actor{});
    else
      routes.stores.emplace(name, made.stores.back());
  }
  made.directory =
      system.spawn(vital(directory, parts.on_fatal), std::move(routes),
                   made.journal, parts.on_fatal);
  made.breaker = system.spawn(
      vital(breaker, parts.on_fatal), chain_actor{made.directory},
      circuit_of(parts.with),
      std::shared_ptr<breaker_counters>{counters, &counters->breaker});
  made.entry = system.spawn(
      vital(bulkhead, parts.on_fatal), made.breaker,
      bulkhead_policy{parts.with.concurrency_api, parts.api_queue_max},
      std::shared_ptr<bulkhead_counters>{counters, &counters->bulkhead});
  return made;
}

void chain::finish() {
  const auto bye = caf::exit_reason::user_shutdown;
  if (disk)
    disk->close();
  caf::anon_send_exit(entry, bye);
  caf::anon_send_exit(breaker, bye);
  caf::anon_send_exit(directory, bye);
  for (const auto& store : stores)
    caf::anon_send_exit(store, bye);
  caf::anon_send(journal, finish_atom_v);
}

} // namespace holdfast
