#include "src/cli/node_metrics.hpp"

namespace holdfast::cli {

namespace {

using telemetry::metric_sink;
using telemetry::metric_table;
using kind = telemetry::metric_kind;
using circuit = breaker_policy::state;
using mediators = std::shared_ptr<const chain_counters>;
using journal = std::shared_ptr<const journal_counters>;

constexpr std::array circuits{circuit::closed, circuit::open,
                              circuit::half_open};
static_assert(circuits.size() == breaker_policy::state_count);

void declare_bulkhead(metric_table& into, const mediators& from,
                      std::uint32_t permits) {
  const auto add = [&](const char* name, const char* help, kind is, auto read) {
    into.add({name, help, is, {"bulkhead"}, [=](metric_sink& out) {
                out.value({"api"}, read(from->bulkhead));
              }});
  };
  add("holdfast_bulkhead_permits",
      "Operations that may be in flight at once; 0: no limit.", kind::gauge,
      [=](auto&) { return permits; });
  add("holdfast_bulkhead_permits_in_use", "Operations in flight.", kind::gauge,
      [](auto& counts) { return counts.in_use.load(); });
  add("holdfast_bulkhead_queued", "Operations that wait for a permit.",
      kind::gauge, [](auto& counts) { return counts.queued.load(); });
  add("holdfast_bulkhead_refused_total",
      "Operations refused because the queue was full.", kind::counter,
      [](auto& counts) { return counts.refused.get(); });
}

void declare_breaker(metric_table& into, const mediators& from) {
  into.add({"holdfast_breaker_state",
            "1 for the state that the circuit breaker is in.",
            kind::gauge,
            {"breaker", "state"},
            [=](metric_sink& out) {
              const auto now = from->breaker.state.load();
              for (const auto each : circuits)
                out.value({"api", to_string(each)}, each == now ? 1 : 0);
            }});
  into.add(
      {"holdfast_breaker_transitions_total",
       "How often the circuit breaker entered a state.",
       kind::counter,
       {"breaker", "state"},
       [=](metric_sink& out) {
         for (const auto each : circuits) {
           const auto at = static_cast<std::size_t>(each);
           out.value({"api", to_string(each)}, from->breaker.entered[at].get());
         }
       }});
  into.add({"holdfast_breaker_refused_total",
            "Operations refused by an open circuit.",
            kind::counter,
            {"breaker"},
            [=](metric_sink& out) {
              out.value({"api"}, from->breaker.refused.get());
            }});
}

void declare_stores(metric_table& into, const mediators& from) {
  const auto add = [&](const char* name, const char* help, kind is, auto read) {
    into.add({name, help, is, {"store"}, [=](metric_sink& out) {
                from->stores.for_each(
                    [&](const auto& store, const auto& counts) {
                      out.value({store}, read(counts));
                    });
              }});
  };
  add("holdfast_sku_actors", "SKU actors alive.", kind::gauge,
      [](auto& counts) { return counts.actors.load(); });
  add("holdfast_sku_actors_spawned_total", "SKU actors spawned.", kind::counter,
      [](auto& counts) { return counts.spawned.get(); });
  add("holdfast_sku_actors_crashed_total",
      "SKU actors that an exception ended; the next operation spawns another.",
      kind::counter, [](auto& counts) { return counts.crashed.get(); });
}

void declare_journal(metric_table& into, const journal& from) {
  const auto add = [&](const char* name, const char* help, kind is, auto read) {
    into.add({name, help, is, {}, [=](metric_sink& out) {
                out.value(read(*from));
              }});
  };
  const auto spread = [&](const char* name, const char* help, auto read,
                          double per_unit) {
    into.add({name,
              help,
              kind::histogram,
              {},
              [=](metric_sink& out) { out.spread(read(*from).view()); },
              per_unit});
  };
  using counters = const journal_counters;
  add("holdfast_journal_writable", "1 while writes can reach the disk.",
      kind::gauge, [](counters& at) { return at.failed || at.full ? 0 : 1; });
  add("holdfast_journal_queued",
      "Operations that wait for the next transaction.", kind::gauge,
      [](counters& at) { return at.queued.load(); });
  add("holdfast_journal_events_total", "Events made durable.", kind::counter,
      [](counters& at) { return at.events.load(); });
  spread(
      "holdfast_journal_batch_operations", "Operations of a transaction.",
      [](counters & at) -> auto& { return at.operations; }, 1);
  spread(
      "holdfast_journal_commit_duration_seconds",
      "A transaction from its first row to the end of its syncs.",
      [](counters & at) -> auto& { return at.commit_micros; }, 1e6);
  spread(
      "holdfast_journal_sync_duration_seconds",
      "The last step of a transaction: out to the disk and synced.",
      [](counters & at) -> auto& { return at.sync_micros; }, 1e6);
}

} // namespace

void declare_chain_metrics(metric_table& into, const node_view& of) {
  declare_bulkhead(into, of.mediators, of.with.concurrency_api);
  declare_breaker(into, of.mediators);
  declare_stores(into, of.mediators);
  declare_journal(into, of.journal);
}

} // namespace holdfast::cli
