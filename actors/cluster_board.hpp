// Where the member actor puts what others read.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "actors/gateway.hpp"
#include "actors/remote_node.hpp"
#include "holdfast/member_order.hpp"

namespace holdfast {

/// One node, as this one sees it.
struct node_row {
  roster_entry entry;
  peer_view seen;
  /// The node that tells it.
  bool is_self = false;
  /// Null for that.
  std::shared_ptr<const remote_counters> counters;
  /// Wall clock of `seen.since`, as it was then, in milliseconds since the
  /// epoch; 0 for never.
  std::int64_t since_ms = 0;
};

struct cluster_snapshot {
  /// By name.
  std::vector<node_row> nodes;
  /// Stores that this node may serve; of those that it is to have, the others
  /// wait for the consent of all members.
  std::vector<std::string> granted;
  bool is_settled = false;
  /// Every store of the cluster is one of a node that is named.
  bool is_whole = false;
  /// Why not, in words.
  std::string waits_for = "starts";
};

/// Thread-safe; a reader holds on to what it got.
class cluster_board {
public:
  std::shared_ptr<const cluster_snapshot> read() const {
    const std::lock_guard guard{mutex_};
    return now_;
  }
  void publish(std::shared_ptr<const cluster_snapshot> now) {
    const std::lock_guard guard{mutex_};
    now_.swap(now);
  }

  gateway_counters gateway;

private:
  mutable std::mutex mutex_;
  std::shared_ptr<const cluster_snapshot> now_ =
      std::make_shared<const cluster_snapshot>();
};

} // namespace holdfast
