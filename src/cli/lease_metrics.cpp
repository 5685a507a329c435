#include "src/cli/node_metrics.hpp"

namespace holdfast::cli {

void declare_lease_metrics(telemetry::metric_table& into, const node_view& of) {
  using telemetry::metric_sink;
  using kind = telemetry::metric_kind;
  using count = std::atomic<std::uint64_t> lease_counters::*;
  if (!of.with.locks_enabled)
    return;
  const auto add = [&](const char* name, const char* help, kind is,
                       count which) {
    into.add({name, help, is, {}, [=, from = of.mediators](metric_sink& out) {
                out.value(from->leases.*which);
              }});
  };
  using counts = lease_counters;
  add("holdfast_leases_held", "Leases that this process has.", kind::gauge,
      &counts::held);
  add("holdfast_leases_taken_total", "Leases taken.", kind::counter,
      &counts::taken);
  add("holdfast_leases_renewed_total", "Leases renewed.", kind::counter,
      &counts::renewed);
  add("holdfast_leases_stolen_total",
      "Leases taken from a process that had let them expire.", kind::counter,
      &counts::stolen);
  add("holdfast_leases_handed_over_total",
      "Leases given up because another process wanted them.", kind::counter,
      &counts::handed_over);
  add("holdfast_leases_lost_total",
      "Leases that another process had taken when they were needed.",
      kind::counter, &counts::lost);
  add("holdfast_leases_refused_total",
      "Operations refused because another process had the lease.",
      kind::counter, &counts::refused);
  add("holdfast_leases_put_off_total",
      "Transactions put off because another process kept the journal busy.",
      kind::counter, &counts::put_off);
}

} // namespace holdfast::cli
