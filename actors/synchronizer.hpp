// Keeps the central view: rounds over all ledgers.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include "actors/operation.hpp"
#include "actors/sync_board.hpp"
#include "holdfast/clock.hpp"
#include "holdfast/settings.hpp"

namespace holdfast {

/// A ledger, whose it is and who reads it.
struct ledger_seat {
  sync_source source;
  /// Null while nobody can.
  ledger_actor reader;
};

struct synchronizer_config {
  sync_rounds::settings with;
  std::vector<ledger_seat> ledgers;
  /// Where owners are asked for their records.
  chain_actor owners;
  std::shared_ptr<const time_source> time;
  std::shared_ptr<sync_board> board = std::make_shared<sync_board>();
  /// Called on the actor's thread after each round, with what did not add up.
  std::function<void(const round_report&, const std::vector<drift>&)> on_round;
  /// The same with a node and why a page of its ledger could not be had.
  std::function<void(const std::string&, const std::string&)> on_failure;
};

struct synchronizer_state {
  static inline constexpr const char* name = "synchronizer";

  synchronizer_config config;
  std::optional<sync_rounds> rounds;
  /// By the numbers they have in `rounds`.
  std::map<std::uint64_t, round_request> callers;
  std::uint64_t last_caller = 0;
  /// When the `sweep_atom` comes that counts: others may be under way.
  sync_rounds::clock::time_point wakes_at =
      sync_rounds::clock::time_point::max();
};

/// The shell of `sync_rounds`: carries its questions and answers. Folds what
/// may be many changes, so spawn it detached.
sync_actor::behavior_type
synchronizer(sync_actor::stateful_pointer<synchronizer_state> self,
             synchronizer_config config);

} // namespace holdfast
