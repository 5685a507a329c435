// A node in one thread: the real actors, on a clock and a schedule that
// whoever owns it chooses.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/scheduler/test_coordinator.hpp>
#include <caf/send.hpp>

#include "actors/cluster_wiring.hpp"
#include "actors/store.hpp"
#include "src/cli/simulation/network_seat.hpp"

namespace holdfast::simulation {

/// Time that only moves when told to.
class manual_time final : public time_source {
public:
  std::int64_t now_ms() const override {
    if (sound > 0)
      --sound;
    else if (throws > 0 && throws-- > 0)
      throw std::runtime_error{"a planted fault"};
    return ms;
  }
  /// How many of the next calls throw: a fault in whoever asks.
  mutable int throws = 0;
  /// How many go well before that.
  mutable int sound = 0;
  std::int64_t ms = 1'760'000'000'000;
};

/// What makes a node a member of a cluster.
struct stage_membership {
  network* of = nullptr;
  std::size_t machine = 0;
  /// `self`, `memory`, `save` and who is told; the rest is filled in.
  member_config config;
};

/// What a node is put up from. Journal and ledger are of the same place.
struct stage_parts {
  settings with;
  journal_ptr journal;
  std::unique_ptr<ledger> own;
  /// See `store_config::idle_after`.
  std::chrono::milliseconds idle_after{60'000};
  /// Has the last word on what the chain is built from, if set.
  std::function<void(chain_parts&)> adjust = {};
  /// The wall clock when it starts.
  std::int64_t wall_ms = manual_time{}.ms;
  std::optional<stage_membership> join = {};
};

/// One life of a node. One thread owns it.
class stage {
public:
  explicit stage(stage_parts parts);
  stage(const stage&) = delete;
  stage& operator=(const stage&) = delete;
  /// Kills what it spawned, so that the actor system can end.
  ~stage();

  /// Sends to the head of the chain. Answers come to `on_answer`.
  void send(operations ops);
  /// Runs until no actor has anything to do, in the order of arrival.
  void run();
  /// Ends the membership, if there is one.
  void leave();
  /// Lets both clocks pass; what falls due waits to be run.
  void pass(std::chrono::milliseconds span);
  /// The same in the middle of somebody's work: what falls due stays behind
  /// until time passes again.
  void pass_unnoticed(std::chrono::milliseconds span);

  settings with;
  std::shared_ptr<manual_time> time = std::make_shared<manual_time>();
  std::shared_ptr<journal_counters> counters =
      std::make_shared<journal_counters>();
  std::shared_ptr<chain_counters> mediators =
      std::make_shared<chain_counters>();
  /// Why it has to end and may start again, if so.
  std::string fatal;
  /// Why it cannot be a member of its cluster and has to end, if so.
  std::string verdict;

private:
  struct config : caf::actor_system_config {
    explicit config(bool is_member);
  };

  void spawn_rounds(std::unique_ptr<ledger> own);
  void join(stage_membership given);

  config config_;

public:
  caf::actor_system system{config_};
  caf::scheduler::test_coordinator& schedule;
  chain actors;
  sync_actors sync;
  /// Null, and none of them, where it is alone.
  std::unique_ptr<network_seat> seat;
  cluster_actors members;
  std::shared_ptr<sync_board> board = std::make_shared<sync_board>();
  std::shared_ptr<cluster_board> cluster = std::make_shared<cluster_board>();
  /// What rounds found that does not add up.
  std::vector<drift> drifts;
  /// How many answers came for each operation.
  std::map<operation_ptr, int> answers;
  /// Called with each answer as it arrives, if set.
  std::function<void(const operation_ptr&)> on_answer;

private:
  answer_actor home_;
};

} // namespace holdfast::simulation
