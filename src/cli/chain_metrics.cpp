#include "src/cli/node_metrics.hpp"

namespace holdfast::cli {

namespace {

using telemetry::metric_sink;
using telemetry::metric_table;
using kind = telemetry::metric_kind;
using mediators = std::shared_ptr<const chain_counters>;
using journal = std::shared_ptr<const journal_counters>;

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
      "SKU actors that lost their memory to an exception, or their life.",
      kind::counter, [](auto& counts) { return counts.crashed.get(); });
  add("holdfast_commands_threw_total",
      "Commands whose handling threw, each time it did.", kind::counter,
      [](auto& counts) { return counts.threw.load(); });
}

void declare_letters(metric_table& into, const journal& from) {
  const auto add = [&](const char* name, const char* help, kind is, auto read) {
    into.add({name, help, is, {}, [=](metric_sink& out) {
                out.value(read(from->letters));
              }});
  };
  add("holdfast_dead_letters", "Commands that wait for somebody to decide.",
      kind::gauge, [](auto& at) { return at.kept.load(); });
  add("holdfast_dead_letters_buried_total",
      "Commands that failed each time they were tried.", kind::counter,
      [](auto& at) { return at.buried.get(); });
  add("holdfast_dead_letters_lost_total",
      "The same for which there was no room: only the log tells of them.",
      kind::counter, [](auto& at) { return at.lost.get(); });
  add("holdfast_dead_letters_settled_total",
      "Dead letters whose command was carried out after all.", kind::counter,
      [](auto& at) { return at.settled.get(); });
  add("holdfast_dead_letters_dropped_total",
      "Dead letters that somebody deleted.", kind::counter,
      [](auto& at) { return at.dropped.get(); });
}

void declare_journal(metric_table& into, const node_view& of) {
  const journal from = of.journal;
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
  into.add({"holdfast_journal_writable",
            "1 while writes can reach the disk.",
            kind::gauge,
            {},
            [of](metric_sink& out) {
              out.value(of.is_writable() ? 1 : 0);
            }});
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
  declare_stores(into, of.mediators);
  declare_letters(into, of.journal);
  declare_journal(into, of);
}

} // namespace holdfast::cli
