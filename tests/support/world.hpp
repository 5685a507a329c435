// A node in one thread: the real actors, a clock and a schedule that the test
// chooses, a disk in memory that fails on demand.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/scheduler/test_coordinator.hpp>
#include <caf/scoped_actor.hpp>
#include <caf/send.hpp>

#include "actors/chain.hpp"
#include "actors/store.hpp"
#include "actors/sync_wiring.hpp"
#include "src/storage/memory_ledger.hpp"

namespace holdfast::test {

/// Time that only moves when told to.
class manual_time final : public time_source {
public:
  std::int64_t now_ms() const override {
    if (throws > 0 && throws-- > 0)
      throw std::runtime_error{"a planted fault"};
    return ms;
  }
  /// How many of the next calls throw: a fault in whoever asks.
  mutable int throws = 0;
  std::int64_t ms = 1'760'000'000'000;
};

class world {
public:
  /// `adjust` has the last word on what the chain is built from.
  explicit world(
      settings with = unlimited(),
      std::shared_ptr<storage::memory_disk> on =
          std::make_shared<storage::memory_disk>(),
      std::chrono::milliseconds idle_after = std::chrono::milliseconds{60'000},
      const std::function<void(chain_parts&)>& adjust = {});
  /// Kills what it spawned, so that the actor system can end.
  ~world();

  /// Settings with no limit in the way.
  static settings unlimited();

  /// A command without a key.
  static operation_ptr make(action what, const std::string& sku,
                            std::int64_t amount = absent);
  /// The same with an Idempotency-Key; the fingerprint covers the amount.
  static operation_ptr keyed(operation_ptr op, const std::string& key);
  /// Release, commit or extend of a reservation.
  static operation_ptr about(operation_ptr op, const reservation& hold);

  /// Sends to the head of the chain. The answer is `answered(op)` later.
  void send(operations ops);
  /// Sends, runs everything, and returns the answer. Fails the test if there
  /// is none.
  outcome ask(operation_ptr op);
  bool answered(const operation_ptr& op) const;

  /// Asks for a round of the central view and runs everything. Fails the test
  /// if there is no answer.
  round_answer ask_round();

  /// Runs until no actor has anything to do, in the order of arrival.
  void run();
  /// The same with a random actor at each step.
  void run_shuffled(std::minstd_rand& random);
  /// Lets both clocks pass and runs what falls due.
  void pass(std::chrono::milliseconds span);

  settings with;
  std::shared_ptr<storage::memory_disk> disk;
  std::shared_ptr<manual_time> time;
  std::shared_ptr<journal_counters> counters =
      std::make_shared<journal_counters>();
  std::shared_ptr<chain_counters> mediators =
      std::make_shared<chain_counters>();
  std::string fatal;

private:
  struct config : caf::actor_system_config {
    config();
  };

  void spawn_rounds();

  config config_;

public:
  caf::actor_system system{config_};
  caf::scheduler::test_coordinator& schedule;
  chain actors;
  sync_actors sync;
  std::shared_ptr<sync_board> board = std::make_shared<sync_board>();
  /// What rounds found that does not add up.
  std::vector<drift> drifts;
  /// Answers by operation, and how many came for each.
  std::map<operation_ptr, int> answers;
  /// Called with each answer as it arrives, if set.
  std::function<void(const operation_ptr&)> on_answer;

private:
  answer_actor home_;
};

} // namespace holdfast::test
