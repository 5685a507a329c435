// What the actors between bridge and SKU tell about themselves: written by
// them, read by anyone.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "holdfast/breaker_policy.hpp"
#include "holdfast/tally.hpp"

namespace holdfast {

struct bulkhead_counters {
  /// Permits in use, and operations that wait for one.
  std::atomic<std::uint64_t> in_use{0};
  std::atomic<std::uint64_t> queued{0};
  tally refused;
};

struct breaker_counters {
  /// As of the last operation or report, or of `note_probes_due`.
  std::atomic<breaker_policy::state> state{breaker_policy::state::closed};
  /// When an open circuit lets somebody try again.
  std::atomic<breaker_policy::clock::time_point> probes_at{};
  /// How often each state was entered.
  std::array<tally, breaker_policy::state_count> entered;
  tally refused;
  /// Held while another state is noted.
  std::mutex changing;

  /// Whoever comes `now` is refused.
  bool refuses(breaker_policy::clock::time_point now) const {
    return state.load(std::memory_order_relaxed) == breaker_policy::state::open
           && now < probes_at.load(std::memory_order_relaxed);
  }
};

/// Bulkhead and breaker of the file system.
struct disk_counters {
  bulkhead_counters bulkhead;
  breaker_counters breaker;
};

struct store_counters {
  /// SKU actors that live.
  std::atomic<std::uint64_t> actors{0};
  tally spawned;
  /// Lost their memory to an exception, or their life.
  tally crashed;
  /// Handlings of a command that threw; SKU actors of several threads add.
  std::atomic<std::uint64_t> threw{0};
};

/// Those of all stores, by name. Stores join while the chain lives, and none
/// leaves. Thread-safe.
class store_table {
public:
  /// Made by the first call. Valid as long as the table.
  store_counters& of(const std::string& store) {
    const std::lock_guard guard{mutex_};
    return stores_[store];
  }
  /// Calls `visit` with each name and its counters.
  template <class Visitor>
  void for_each(Visitor visit) const {
    const std::lock_guard guard{mutex_};
    for (const auto& [store, counters] : stores_)
      visit(store, counters);
  }

private:
  mutable std::mutex mutex_;
  std::map<std::string, store_counters> stores_;
};

/// Of leases, where several processes share the journal.
struct lease_counters {
  using count = std::atomic<std::uint64_t>;

  /// Leases that this process has.
  count held{0};
  count taken{0};
  count renewed{0};
  /// Taken from a holder that had let them expire.
  count stolen{0};
  /// Given up because another process wanted them.
  count handed_over{0};
  /// Taken away by another process.
  count lost{0};
  /// Operations refused because another process had the lease.
  count refused{0};
  /// Transactions that found the journal busy for too long.
  count put_off{0};
  /// The last transaction did.
  std::atomic<bool> is_stuck{false};
};

struct chain_counters {
  lease_counters leases;
  bulkhead_counters bulkhead;
  breaker_counters breaker;
  disk_counters disk;
  store_table stores;
};

} // namespace holdfast
