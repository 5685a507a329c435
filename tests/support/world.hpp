// A node in one thread for tests: a disk in memory that fails on demand, and
// answers at once.
#pragma once

#include <memory>
#include <random>
#include <string>

#include "src/cli/simulation/stage.hpp"
#include "tests/support/memory_ledger.hpp"

namespace holdfast::test {

class world : public simulation::stage {
public:
  /// `adjust` has the last word on what the chain is built from.
  explicit world(
      settings with = unlimited(),
      std::shared_ptr<storage::memory_disk> on =
          std::make_shared<storage::memory_disk>(),
      std::chrono::milliseconds idle_after = std::chrono::milliseconds{60'000},
      const std::function<void(chain_parts&)>& adjust = {});

  /// Settings with no limit in the way.
  static settings unlimited();

  /// A command without a key.
  static operation_ptr make(action what, const std::string& sku,
                            std::int64_t amount = absent);
  /// The same with an Idempotency-Key; the fingerprint covers the amount.
  static operation_ptr keyed(operation_ptr op, const std::string& key);
  /// Release, commit or extend of a reservation.
  static operation_ptr about(operation_ptr op, const reservation& hold);

  /// Sends, runs everything, and returns the answer. Fails the test if there
  /// is none.
  outcome ask(operation_ptr op);
  bool answered(const operation_ptr& op) const;

  /// Asks for a round of the central view and runs everything. Fails the test
  /// if there is no answer.
  round_answer ask_round();

  /// Runs until no actor has anything to do, a random one at each step.
  void run_shuffled(std::minstd_rand& random);
  /// Lets both clocks pass and runs what falls due.
  void pass(std::chrono::milliseconds span);

  std::shared_ptr<storage::memory_disk> disk;
};

/// What the store holds now; only between two runs.
const store_state& state_of(const store_actor& store);

/// Units of `sku` by the central view of `in`, -1 if it shows none.
std::int64_t shown_on_hand(const world& in, const std::string& sku);

} // namespace holdfast::test
