#include "http/edge_counters.hpp"
#include "src/cli/node_metrics.hpp"

namespace holdfast::cli {

namespace {

using telemetry::metric_sink;
using kind = telemetry::metric_kind;
using counters = std::shared_ptr<const http::server_counters>;

/// Requests without a route share one series: their methods and targets are
/// whatever a client likes.
std::string_view method_of(const http::route_traffic& one) {
  return one.of ? one.of->method : "other";
}

std::string_view pattern_of(const http::route_traffic& one) {
  return one.of ? one.of->pattern : "none";
}

void read_requests(const counters& from, metric_sink& out) {
  for (const auto& one : from->traffic())
    for (const auto& [status, code, count] : one.answers)
      out.value({method_of(one), pattern_of(one), std::to_string(status),
                 code == error_code::none ? "" : to_string(code)},
                static_cast<double>(count));
}

void read_durations(const counters& from, metric_sink& out) {
  for (auto& one : from->traffic())
    if (!one.answers.empty())
      out.spread({method_of(one), pattern_of(one)}, std::move(one.micros));
}

void read_edge_refusals(metric_sink& out) {
  for (int i = 1; i <= static_cast<int>(error_code_last); ++i) {
    const auto code = static_cast<error_code>(i);
    if (const auto count = http::edge_refusals(code); count > 0)
      out.value({to_string(code)}, static_cast<double>(count));
  }
}

} // namespace

void declare_http_metrics(telemetry::metric_table& into, const node_view& of) {
  const counters from = of.server;
  into.add({"holdfast_http_requests_total",
            "Requests answered, by route, status and code of the problem.",
            kind::counter,
            {"method", "route", "status", "code"},
            [=](metric_sink& out) {
              read_requests(from, out);
            }});
  into.add({"holdfast_http_request_duration_seconds",
            "Time from the last byte of a request to its answer.",
            kind::histogram,
            {"method", "route"},
            [=](metric_sink& out) { read_durations(from, out); },
            1e6});
  into.add({"holdfast_http_edge_refusals_total",
            "Requests refused before they reached a route, by code.",
            kind::counter,
            {"code"},
            read_edge_refusals});
  into.add({"holdfast_http_requests_waiting",
            "Requests that wait for their answer.",
            kind::gauge,
            {},
            [=](metric_sink& out) {
              out.value(from->waiting());
            }});
  into.add({"holdfast_http_connections",
            "Open connections.",
            kind::gauge,
            {},
            [=](metric_sink& out) {
              out.value(from->connections());
            }});
  into.add({"holdfast_http_connections_max",
            "How many connections may be open at once.",
            kind::gauge,
            {},
            [=](metric_sink& out) {
              out.value(from->connections_max());
            }});
  into.add({"holdfast_http_connections_accepted_total",
            "Connections accepted.",
            kind::counter,
            {},
            [=](metric_sink& out) {
              out.value(from->accepted());
            }});
}

} // namespace holdfast::cli
