// A counter that one thread writes and any thread reads.
#pragma once

#include <atomic>
#include <cstdint>

namespace holdfast {

/// Counts up without a locked instruction. Only one thread at a time may add;
/// an actor's handlers are one thread, wherever they run.
class tally {
public:
  void add(std::uint64_t by = 1) noexcept {
    value_.store(get() + by, std::memory_order_relaxed);
  }

  std::uint64_t get() const noexcept {
    return value_.load(std::memory_order_relaxed);
  }

private:
  std::atomic<std::uint64_t> value_{0};
};

} // namespace holdfast
