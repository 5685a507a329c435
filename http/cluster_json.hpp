// Answers about the nodes of a cluster.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "http/api.hpp"

namespace holdfast::http {

/// What a node knows of one node of its cluster.
struct cluster_node_view {
  std::string_view node;
  /// `up`, `unavailable`, `refused` or `retired`.
  std::string_view state;
  /// Why it is not `up`; empty if it is, or nothing is known.
  std::string_view reason;
  /// Where others call it, empty if nowhere.
  std::string address;
  std::span<const std::string> stores;
  /// Milliseconds since the epoch; 0 if it has not been seen.
  std::int64_t since_ms = 0;
  /// 0 if unknown.
  std::uint32_t protocol = 0;
  std::uint64_t epoch = 0;
  std::int64_t round_trip_micros = 0;
  /// Operations on their way to it.
  std::int64_t pending = 0;
};

struct cluster_view {
  std::string_view cluster;
  /// The node that answers.
  std::string_view node;
  std::span<const cluster_node_view> nodes;
};

api_response render_cluster(const cluster_view& now);

} // namespace holdfast::http
