#include "http/cluster_json.hpp"

#include "http/json_writer.hpp"

namespace holdfast::http {

namespace {

void write_node(json_writer& out, const cluster_node_view& of) {
  out.open('{').member("node", of.node).member("state", of.state);
  out.member_if("reason", of.reason);
  out.member_if("address", of.address).name("stores").open('[');
  for (const auto& store : of.stores)
    out.value(store);
  out.close(']');
  if (of.since_ms != 0)
    out.member_time("since", of.since_ms);
  if (of.protocol != 0)
    out.member("protocol", static_cast<std::int64_t>(of.protocol));
  out.member("epoch", static_cast<std::int64_t>(of.epoch));
  if (of.round_trip_micros != 0)
    out.member("roundTripMicros", of.round_trip_micros);
  out.member("pending", of.pending).close('}');
}

} // namespace

api_response render_cluster(const cluster_view& now) {
  json_writer out;
  out.open('{').member("cluster", now.cluster).member("node", now.node);
  out.name("nodes").open('[');
  for (const auto& each : now.nodes)
    write_node(out, each);
  out.close(']').close('}');
  return json_answer(out.take());
}

} // namespace holdfast::http
