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
  /// Requests between socket and answer now, and answered by this node since
  /// the start: without what other nodes were asked.
  std::atomic<std::uint64_t> in_flight{0};
  std::atomic<std::uint64_t> answered{0};
  /// Of those in flight: about as many wait for other nodes, which have bounds
  /// of their own. Written by the ways to these.
  std::atomic<std::uint64_t> away{0};
  /// Attempts to accept a connection that the system had no room for.
  std::atomic<std::uint64_t> accept_failures{0};
};

} // namespace holdfast
