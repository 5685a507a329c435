// A node among others: its network, its door and its membership, put together
// and taken apart.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "actors/chain.hpp"
#include "actors/cluster_wiring.hpp"
#include "actors/node_network.hpp"
#include "src/cli/central.hpp"
#include "src/cli/member_start.hpp"

namespace holdfast::cli {

/// Owns the actors. One owner thread, but for the board and the verdict.
class cluster {
public:
  struct parts {
    settings with;
    /// Its stores are those of the chain, in their order.
    member_start start;
    chain* actors = nullptr;
    central* view = nullptr;
    std::shared_ptr<cluster_board> board;
    /// Told of what leaves for other nodes.
    std::shared_ptr<admission_counters> admission;
    /// Told of actors that threw.
    fatal_handler on_fatal;
  };

  /// Joins, or founds, in the background. Throws `std::runtime_error` if the
  /// port cannot be had.
  cluster(caf::actor_system& system, parts from);
  ~cluster();

  /// The port that other nodes call, 0 for none.
  std::uint16_t port() const noexcept {
    return network_->port();
  }
  /// For `answer_wish`.
  const member_actor& member() const noexcept {
    return actors_.member;
  }
  /// Why this node cannot be a member, and is to end; empty while it can.
  std::string verdict() const;
  /// From now on other nodes are refused.
  void drain();
  /// Nothing that other nodes sent is under way.
  bool is_idle() const;
  /// Since `drain`: nothing more will come from those that answer.
  bool has_parted() const;
  /// Ends the actors. Whoever waits for a wish is answered when it returns,
  /// unless the disk hangs.
  void finish();

private:
  struct shared_verdict {
    std::mutex mutex;
    std::string text;
  };

  caf::actor_system& system_;
  std::shared_ptr<shared_verdict> verdict_ = std::make_shared<shared_verdict>();
  std::shared_ptr<cluster_board> board_;
  std::unique_ptr<node_network> network_;
  cluster_actors actors_;
};

} // namespace holdfast::cli
