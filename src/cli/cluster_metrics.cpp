#include "src/cli/cluster_metrics.hpp"

namespace holdfast::cli {

namespace {

using http::json_writer;
using telemetry::metric_sink;
using kind = telemetry::metric_kind;
using board_ptr = std::shared_ptr<const cluster_board>;

bool is_up(const node_row& row) {
  return row.is_self || row.seen.is == peer_view::state::up;
}

/// A line with a value for each other node.
template <class Read>
void add(telemetry::metric_table& to, const board_ptr& board, const char* name,
         const char* help, kind is, Read read) {
  to.add({name, help, is, {"node"}, [=](metric_sink& out) {
            const auto now = board->read();
            for (const auto& row : now->nodes)
              if (row.counters && !row.entry.retired)
                out.value({row.entry.name},
                          static_cast<double>(read(row, *row.counters)));
          }});
}

void declare_ways(telemetry::metric_table& to, const board_ptr& board) {
  using counters = const remote_counters;
  add(to, board, "holdfast_node_up",
      "1 while this node and that one are connected.", kind::gauge,
      [](auto& row, counters&) { return is_up(row) ? 1 : 0; });
  add(to, board, "holdfast_node_round_trip_seconds",
      "Time of the last ping to that node.", kind::gauge,
      [](auto& row, counters&) {
        return std::chrono::duration<double>(row.seen.round_trip).count();
      });
  add(to, board, "holdfast_remote_pending",
      "Operations on their way to that node.", kind::gauge,
      [](auto&, counters& of) { return of.pending.load(); });
  add(to, board, "holdfast_remote_sent_total", "Operations sent to that node.",
      kind::counter, [](auto&, counters& of) { return of.sent.get(); });
  add(to, board, "holdfast_remote_refused_total",
      "Operations for that node refused while it was away or full.",
      kind::counter, [](auto&, counters& of) { return of.refused.get(); });
  add(to, board, "holdfast_remote_lost_total",
      "Operations sent to that node whose outcome nobody told.", kind::counter,
      [](auto&, counters& of) { return of.lost.get(); });
}

void declare_gateway(telemetry::metric_table& to, const board_ptr& board) {
  to.add({"holdfast_gateway_pending",
          "Operations of other nodes under way here.",
          kind::gauge,
          {},
          [=](metric_sink& out) {
            out.value(static_cast<double>(board->gateway.pending.load()));
          }});
  to.add({"holdfast_gateway_taken_total",
          "Operations of other nodes taken up.",
          kind::counter,
          {},
          [=](metric_sink& out) {
            out.value(static_cast<double>(board->gateway.taken.get()));
          }});
  to.add({"holdfast_gateway_refused_total",
          "Operations of other nodes refused at once.",
          kind::counter,
          {},
          [=](metric_sink& out) {
            out.value(static_cast<double>(board->gateway.refused.get()));
          }});
}

void write_section(json_writer& out, const cluster_board& board) {
  const auto now = board.read();
  std::int64_t members = 0;
  std::int64_t up = 0;
  for (const auto& row : now->nodes) {
    members += row.entry.retired ? 0 : 1;
    up += is_up(row) ? 1 : 0;
  }
  out.open('{').name("enabled").flag(true);
  out.member("nodes", members);
  out.member("nodesUp", up);
  out.name("settled").flag(now->is_settled);
  out.member("gatewayPending",
             static_cast<std::int64_t>(board.gateway.pending.load()));
  out.close('}');
}

} // namespace

void declare_cluster(observability& into,
                     const std::shared_ptr<const cluster_board>& board) {
  declare_ways(into.metrics(), board);
  declare_gateway(into.metrics(), board);
  into.health().add("cluster",
                    [=](json_writer& out) { write_section(out, *board); });
}

void declare_no_cluster(health_report& into) {
  into.add("cluster", [](json_writer& out) {
    out.open('{').name("enabled").flag(false).close('}');
  });
}

} // namespace holdfast::cli
