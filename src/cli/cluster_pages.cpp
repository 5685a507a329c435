#include "src/cli/cluster_pages.hpp"

#include <algorithm>

#include "holdfast/clock.hpp"

namespace holdfast::cli {

namespace {

std::string_view state_of(const node_row& row) {
  if (row.is_self)
    return "up";
  switch (row.seen.is) {
  case peer_view::state::up:
    return "up";
  case peer_view::state::down:
    return "unavailable";
  case peer_view::state::refused:
    return "refused";
  case peer_view::state::retired:
    return "retired";
  }
  return "unavailable";
}

/// Whether `store` is served there, as far as this node knows.
bool is_served(const cluster_snapshot& now, const node_row& by,
               const std::string& store) {
  if (!by.is_self)
    return state_of(by) == "up" && !by.entry.wants(store);
  const auto& all = now.granted;
  return std::find(all.begin(), all.end(), store) != all.end();
}

/// A node that is no member, as if it were the only one.
cluster_snapshot alone(const node_view& of) {
  cluster_snapshot made;
  made.granted = of.with.stores;
  made.is_whole = !of.with.is_member();
  node_row self;
  self.entry.name = of.with.node_name;
  self.entry.stores = of.with.stores;
  self.is_self = true;
  made.nodes.push_back(std::move(self));
  return made;
}

http::cluster_node_view view_of(const node_row& row, const node_view& of) {
  http::cluster_node_view made;
  made.node = row.entry.name;
  made.state = state_of(row);
  made.reason = row.seen.why;
  if (row.entry.at.port != 0)
    made.address = to_string(row.entry.at);
  made.stores = row.entry.stores;
  made.since_ms = row.is_self ? unix_ms(of.started) : row.since_ms;
  made.protocol = row.is_self ? cluster_protocol : row.seen.protocol;
  made.epoch = row.entry.epoch;
  made.round_trip_micros = row.seen.round_trip.count();
  if (row.counters)
    made.pending = static_cast<std::int64_t>(row.counters->pending.load());
  return made;
}

} // namespace

http::api_response cluster_page(const cluster_snapshot& now,
                                const node_view& of) {
  if (now.nodes.empty())
    return cluster_page(alone(of), of);
  std::vector<http::cluster_node_view> nodes;
  for (const auto& row : now.nodes)
    nodes.push_back(view_of(row, of));
  return http::render_cluster({of.with.cluster_name, of.with.node_name, nodes});
}

http::api_response stores_page(const cluster_snapshot& now,
                               const node_view& of) {
  if (now.nodes.empty())
    return stores_page(alone(of), of);
  std::vector<http::store_view> stores;
  for (const auto& row : now.nodes)
    for (const auto& name : row.entry.stores)
      stores.push_back({name, row.entry.name,
                        is_served(now, row, name) ? "up" : "unavailable"});
  std::sort(stores.begin(), stores.end(),
            [](const auto& a, const auto& b) { return a.store < b.store; });
  return http::render_stores(stores, now.is_whole);
}

} // namespace holdfast::cli
