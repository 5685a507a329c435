// Adjusts at a chosen rate, and how long each took.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <vector>

namespace holdfast::bench {

struct load_plan {
  std::uint16_t port = 0;
  /// Of `store-1`; each has its turn.
  std::uint64_t skus = 1'000;
  /// Kept alive, one request at a time on each.
  std::size_t connections = 64;
  /// Requests per second, at the intervals of a Poisson process; 0 for as
  /// many as the connections carry.
  double rate = 0;
  /// Not measured, so that caches and SKUs are as they stay.
  std::chrono::milliseconds warm_up{1'000};
  std::chrono::milliseconds span{3'000};
  /// Ends it before that once it is set; null for nothing that could.
  const std::atomic<bool>* is_over = nullptr;
  /// Deadlines may pass: answers of status 504 are counted.
  bool may_be_late = false;
};

/// Milliseconds from when a request was due to when its answer was there: one
/// that waits for a connection because others are slow is slow itself, which
/// a client that only times what it sends would not notice.
struct load_result {
  std::vector<double> answered_ms;
  /// The same for answers of status 503.
  std::vector<double> refused_ms;
  /// Answers of status 504, at any time: carried out or not.
  std::size_t late = 0;
};

/// Runs in the caller's thread. Throws on any other status, on a connection
/// that fails, and on a request that is not answered at all.
load_result run_load(const load_plan& plan);

} // namespace holdfast::bench
