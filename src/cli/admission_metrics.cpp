#include "src/cli/node_metrics.hpp"

namespace holdfast::cli {

void declare_admission_metrics(telemetry::metric_table& into,
                               const node_view& of) {
  using telemetry::metric_sink;
  using kind = telemetry::metric_kind;
  const std::shared_ptr<const admission_counters> from = of.admission;
  into.add({"holdfast_rate_limited_total",
            "Requests refused because their client asks too often.",
            kind::counter,
            {},
            [=](metric_sink& out) {
              out.value(from->rate_limited);
            }});
  into.add({"holdfast_shed_total",
            "Requests refused because too many waited, or their turn would"
            " have come too late.",
            kind::counter,
            {"reason"},
            [=](metric_sink& out) {
              out.value({"queue_full"}, from->shed_queue_full);
              out.value({"late_write"}, from->shed_late_writes);
              out.value({"late_read"}, from->shed_late_reads);
            }});
  into.add({"holdfast_accept_failures_total",
            "Connections that the system had no room for.",
            kind::counter,
            {},
            [=](metric_sink& out) {
              out.value(from->accept_failures);
            }});
}

} // namespace holdfast::cli
