// Supervises the SKU actors of one store.
#pragma once

#include <list>
#include <memory>
#include <string>
#include <unordered_map>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include "actors/chain_counters.hpp"
#include "actors/disk_guard.hpp"
#include "actors/journal_inbox.hpp"
#include "actors/lease_watch.hpp"
#include "actors/operation.hpp"
#include "actors/sku_view.hpp"
#include "holdfast/clock.hpp"

namespace holdfast {

/// What SKU and store actors of a node share.
struct store_config {
  std::string store;
  std::shared_ptr<store_counters> counters;
  std::shared_ptr<const time_source> time;
  /// Of the journal writer.
  std::shared_ptr<journal_inbox> inbox;
  /// Of the node; null if nothing is bounded there.
  std::shared_ptr<disk_guard> disk;
  std::int64_t default_ttl_s = 900;
  std::int64_t key_ttl_ms = 300'000;
  /// Events between two snapshots of a SKU; 0 leaves them to passivation.
  std::uint64_t snapshot_every = 100;
  /// For an operation whose handling threw: pause before it is tried again,
  /// doubled each time, and how often that is done.
  std::chrono::milliseconds retry_base{100};
  std::uint32_t retry_times = 3;
  /// Idle time after which a SKU actor is asked to retire, to a tenth of a
  /// second.
  std::chrono::milliseconds idle_after{60'000};
  /// Above this number of SKU actors idleness ends after a second.
  std::size_t actors_soft_max = 100'000;
  /// Null where nobody shares the journal, and SKUs need no lease.
  std::shared_ptr<lease_watch> leases;
  std::shared_ptr<lease_counters> lease_counts;
};

struct store_state {
  static inline constexpr const char* name = "store";

  struct child {
    sku_actor actor;
    /// Batches that it was sent.
    std::uint32_t asked = 0;
    /// On its way out: operations wait in `pending` until it is down.
    bool retiring = false;
    operations pending;
    /// To a tenth of a second.
    operation::clock::time_point used_at;
    /// Position in `by_use`.
    std::list<const std::string*>::iterator place;
    /// What it shows.
    std::shared_ptr<sku_view> view;
  };

  std::shared_ptr<const store_config> config;
  std::unordered_map<std::string, child> children;
  /// SKUs, least recently used first.
  std::list<const std::string*> by_use;
  std::unordered_map<caf::actor_id, const std::string*> sku_of;
  /// Children with something in `pending`, inside one handler run.
  std::vector<child*> touched;
};

/// Hands operations to one actor per SKU, spawned on first use. A SKU actor
/// that died is forgotten and rebuilt from the journal by the next operation;
/// one that is idle, or of a SKU that does not exist, is retired: out of the
/// way first, so what comes meanwhile waits for its successor.
store_actor::behavior_type
store(store_actor::stateful_pointer<store_state> self,
      std::shared_ptr<const store_config> config, journal_actor journal);

} // namespace holdfast
