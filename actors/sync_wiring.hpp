// Wires the actors of the central view.
#pragma once

#include <memory>

#include <caf/actor_system.hpp>

#include "actors/ledger_reader.hpp"
#include "actors/synchronizer.hpp"

namespace holdfast {

/// Everything they are built from.
struct sync_parts {
  settings with;
  /// Of this node.
  std::unique_ptr<ledger> own;
  /// Whose ledger that is. Told of actors that threw, too.
  ledger_owner owner;
  /// `ledgers` and `with` are filled in here.
  synchronizer_config config;
  /// Threads of their own. Off only where one thread runs everything, as a
  /// deterministic scheduler does.
  bool detach = true;
};

/// The actors of the central view of one node.
struct sync_actors {
  sync_actor rounds;
  /// Answers for this node, whoever collects.
  ledger_actor own;

  /// Ends both at once; callers that wait are told `shutting_down`.
  void finish();
};

sync_actors spawn_sync(caf::actor_system& system, sync_parts parts);

/// Settings of rounds as those of a node have them.
sync_rounds::settings rounds_of(const settings& with);

} // namespace holdfast
