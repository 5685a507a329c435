// Bulkheads, breakers and rounds as metrics.
#include "src/cli/mediators.hpp"
#include "src/cli/node_metrics.hpp"

namespace holdfast::cli {

namespace {

using telemetry::metric_sink;
using telemetry::metric_table;
using kind = telemetry::metric_kind;
using circuit = breaker_policy::state;

constexpr std::array circuits{circuit::closed, circuit::open,
                              circuit::half_open};
static_assert(circuits.size() == breaker_policy::state_count);

void declare_bulkheads(metric_table& into, const node_view& of) {
  const auto all = bulkheads_of(of);
  const auto add = [&](const char* name, const char* help, kind is, auto read) {
    into.add({name, help, is, {"bulkhead"}, [=](metric_sink& out) {
                for (const auto& each : all)
                  out.value({each.name}, read(each));
              }});
  };
  using bulkhead = const named_bulkhead;
  add("holdfast_bulkhead_permits", "What may be at work at once; 0: no limit.",
      kind::gauge, [](bulkhead& at) { return at.permits; });
  add("holdfast_bulkhead_permits_in_use", "What is at work.", kind::gauge,
      [](bulkhead& at) { return at.counters->in_use.load(); });
  add("holdfast_bulkhead_queued", "What waits for a permit.", kind::gauge,
      [](bulkhead& at) { return at.counters->queued.load(); });
  add("holdfast_bulkhead_refused_total",
      "What was refused because the queue was full.", kind::counter,
      [](bulkhead& at) { return at.counters->refused.get(); });
}

void declare_breakers(metric_table& into, const node_view& of) {
  const auto all = breakers_of(of);
  into.add({"holdfast_breaker_state",
            "1 for the state that the circuit breaker is in.",
            kind::gauge,
            {"breaker", "state"},
            [=](metric_sink& out) {
              for (const auto& at : all)
                for (const auto each : circuits)
                  out.value({at.name, to_string(each)},
                            each == at.counters->state.load() ? 1 : 0);
            }});
  into.add({"holdfast_breaker_transitions_total",
            "How often the circuit breaker entered a state.",
            kind::counter,
            {"breaker", "state"},
            [=](metric_sink& out) {
              for (const auto& at : all)
                for (const auto each : circuits) {
                  const auto place = static_cast<std::size_t>(each);
                  out.value({at.name, to_string(each)},
                            at.counters->entered[place].get());
                }
            }});
  into.add({"holdfast_breaker_refused_total",
            "What was refused by an open circuit.",
            kind::counter,
            {"breaker"},
            [=](metric_sink& out) {
              for (const auto& at : all)
                out.value({at.name}, at.counters->refused.get());
            }});
}

void declare_rounds(metric_table& into, const node_view& of) {
  const auto add = [&](const char* name, const char* help, kind is, auto read) {
    into.add({name, help, is, {}, [=, board = of.sync](metric_sink& out) {
                out.value(read(board->counters));
              }});
  };
  using counters = const sync_counters;
  add("holdfast_sync_rounds_total", "Rounds of the central view.",
      kind::counter, [](counters& at) { return at.rounds.load(); });
  add("holdfast_sync_failures_total", "Rounds without some store.",
      kind::counter, [](counters& at) { return at.failures.load(); });
  add("holdfast_sync_drift_total",
      "Contradictions between ledgers and what their owners know.",
      kind::counter, [](counters& at) { return at.drift.load(); });
  add("holdfast_sync_last_round_seconds", "Time of the last round.",
      kind::gauge, [](counters& at) {
        return static_cast<double>(at.last_round_micros.load()) / 1e6;
      });
  add("holdfast_sync_skus", "SKUs of the central view.", kind::gauge,
      [](counters& at) { return at.skus.load(); });
}

} // namespace

void declare_mediator_metrics(metric_table& into, const node_view& of) {
  declare_bulkheads(into, of);
  declare_breakers(into, of);
  declare_rounds(into, of);
}

} // namespace holdfast::cli
