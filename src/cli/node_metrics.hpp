// The metrics of a node: each is one line of one of these functions.
#pragma once

#include "src/cli/node_view.hpp"
#include "src/telemetry/metric_table.hpp"

namespace holdfast::cli {

/// Requests, connections and what the edge refused.
void declare_http_metrics(telemetry::metric_table& into, const node_view& of);

/// Bulkheads, breakers and rounds.
void declare_admission_metrics(telemetry::metric_table& into,
                               const node_view& of);

void declare_mediator_metrics(telemetry::metric_table& into,
                              const node_view& of);

/// SKU actors, dead letters and journal.
void declare_chain_metrics(telemetry::metric_table& into, const node_view& of);

/// Leases, where several processes share the journal.
void declare_lease_metrics(telemetry::metric_table& into, const node_view& of);

/// The process and its log.
void declare_process_metrics(telemetry::metric_table& into,
                             const node_view& of);

} // namespace holdfast::cli
