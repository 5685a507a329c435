// What a server tells about itself: written by its IO threads, read by anyone.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "http/traffic.hpp"

namespace holdfast::http {

/// Counts of one IO thread.
struct io_counters {
  http::traffic traffic;
  /// Of connections.
  std::atomic<std::uint64_t> accepted{0};
  std::atomic<std::uint64_t> closed{0};
  /// How many may be open at once.
  std::atomic<std::uint64_t> connections_max{0};

  /// Connections that are open.
  std::uint64_t connections() const noexcept {
    // First who is gone: everybody who is has come before.
    const std::uint64_t gone = closed;
    return accepted - gone;
  }
};

/// Made before the server and kept by whoever reads it.
class server_counters {
public:
  /// `threads` as in the configuration of the server.
  explicit server_counters(std::size_t threads) : threads_(threads) {
    // nop
  }

  io_counters& of(std::size_t thread) noexcept {
    return threads_[thread];
  }

  std::vector<route_traffic> traffic() const {
    std::vector<const http::traffic*> all;
    for (const auto& each : threads_)
      all.push_back(&each.traffic);
    return http::traffic::sum(all);
  }
  /// Requests without an answer.
  std::uint64_t waiting() const noexcept {
    std::uint64_t sum = 0;
    for (const auto& each : threads_)
      sum += each.traffic.waiting();
    return sum;
  }
  std::uint64_t accepted() const noexcept {
    std::uint64_t sum = 0;
    for (const auto& each : threads_)
      sum += each.accepted;
    return sum;
  }
  /// Connections that are open.
  std::uint64_t connections() const noexcept {
    std::uint64_t sum = 0;
    for (const auto& each : threads_)
      sum += each.connections();
    return sum;
  }
  /// How many may be open at once; 0 before the server listens.
  std::uint64_t connections_max() const noexcept {
    std::uint64_t sum = 0;
    for (const auto& each : threads_)
      sum += each.connections_max;
    return sum;
  }

private:
  std::vector<io_counters> threads_;
};

} // namespace holdfast::http
