// What the door of a node has counted.
#pragma once

#include <atomic>
#include <cstdint>

namespace holdfast {

/// Since the start of the node. Written by its IO threads where nothing else is
/// said, relaxed; any thread may read.
struct admission_counters {
  /// Refused `rate_limited`.
  std::atomic<std::uint64_t> rate_limited{0};
  /// Refused `overloaded` because too many waited.
  std::atomic<std::uint64_t> shed_queue_full{0};
  /// Refused `overloaded` because their turn would have come too late.
  std::atomic<std::uint64_t> shed_late_writes{0};
  std::atomic<std::uint64_t> shed_late_reads{0};
  /// Requests between socket and answer now.
  std::atomic<std::uint64_t> in_flight{0};
  /// Of these, those that left for other nodes, which have bounds of their own.
  /// Below 0 for a moment where one was answered before it was counted. Raised
  /// by the ways to these nodes.
  std::atomic<std::int64_t> away{0};
  /// What waits here no longer, since the start: it was answered, or left.
  std::atomic<std::uint64_t> served{0};
  /// Attempts to accept a connection that the system had no room for.
  std::atomic<std::uint64_t> accept_failures{0};
};

} // namespace holdfast
