// What the actors between bridge and SKU tell about themselves: written by
// them, read by anyone.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
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
  /// As of the last operation or report: an open circuit whose time has come
  /// is found to be half-open by the next one.
  std::atomic<breaker_policy::state> state{breaker_policy::state::closed};
  /// How often each state was entered.
  std::array<tally, breaker_policy::state_count> entered;
  tally refused;
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

struct chain_counters {
  bulkhead_counters bulkhead;
  breaker_counters breaker;
  disk_counters disk;
  /// By name; no store joins or leaves while the chain lives.
  std::map<std::string, store_counters> stores;
};

} // namespace holdfast
