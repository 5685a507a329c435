// Wires the actors of one node.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <caf/actor_system.hpp>

#include "actors/chain_counters.hpp"
#include "actors/disk_guard.hpp"
#include "actors/journal_writer.hpp"
#include "actors/operation.hpp"
#include "holdfast/clock.hpp"
#include "holdfast/limits.hpp"
#include "holdfast/settings.hpp"

namespace holdfast {

/// Everything a chain is built from.
struct chain_parts {
  settings with;
  journal_ptr journal;
  std::shared_ptr<const time_source> time;
  std::shared_ptr<journal_counters> counters =
      std::make_shared<journal_counters>();
  std::shared_ptr<chain_counters> mediators =
      std::make_shared<chain_counters>();
  /// Told of a journal that failed and of actors that threw: on any thread.
  fatal_handler on_fatal;
  /// See `store_config::idle_after`.
  std::chrono::milliseconds idle_after{60'000};
  /// What may wait for a permit of the API, and for one of the disk.
  std::size_t api_queue_max = limits::bulkhead_queue_max;
  std::size_t disk_queue_max = limits::disk_queue_max;
  /// Leases of a journal that several processes write, else null.
  std::shared_ptr<lease_board> leases;
  /// Others have a say in which stores may be served: none, until the
  /// directory is told.
  bool is_member = false;
  /// See `journal_writer_config::now`.
  operation::now_function now = operation::clock::now;
  /// A thread of its own for the journal writer. Off only where one thread
  /// runs everything, as a deterministic scheduler does.
  bool detach_journal = true;
};

/// The actors of one node: bulkhead, breaker, directory, stores, journal.
struct chain {
  using store_maker = std::function<store_actor(const std::string&)>;

  /// Where operations go in.
  chain_actor entry;
  chain_actor breaker;
  directory_actor directory;
  /// In the order of the settings.
  std::vector<store_actor> stores;
  /// Shared by the stores; null if nothing is bounded there.
  std::shared_ptr<disk_guard> disk;
  journal_actor journal;
  /// Spawns the actor of one more store. Any thread; who calls it ends the
  /// actor before the chain is finished.
  store_maker make_store;

  /// Tells all actors to end; they do so in any order. The journal writer takes
  /// the last snapshots before it closes the journal. Returns at once; call it
  /// once nothing is in flight.
  void finish();
};

/// Spawns the chain. The journal must be open.
chain spawn_chain(caf::actor_system& system, chain_parts parts);

} // namespace holdfast
