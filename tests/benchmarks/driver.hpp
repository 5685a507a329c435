// An actor that keeps a chain busy, as the bridge of an IO thread does.
#pragma once

#include <atomic>
#include <cstdint>
#include <latch>
#include <string>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include "actors/operation.hpp"

namespace holdfast::bench {

/// What drivers share.
struct drive {
  chain_actor into;
  std::uint64_t skus = 1'000;
  /// Operations of each driver, how many of them are under way at once, and
  /// how many travel together.
  std::uint64_t total = 0;
  std::uint64_t window = 512;
  std::uint64_t together = 64;
  /// Told apart by their keys from those of other drives.
  std::string name;
  std::atomic<std::uint64_t> refused{0};
  std::atomic<std::uint64_t> drivers{0};
  /// Counted down by each driver that has all its answers.
  std::latch* done = nullptr;
};

struct driver_state {
  static inline constexpr const char* name = "driver";

  drive* in = nullptr;
  /// Makes the keys of this driver its own, and its SKUs another order.
  std::uint64_t id = 0;
  std::uint64_t sent = 0;
  std::uint64_t answered = 0;
};

/// Adjusts SKUs in turn, each time with a key of its own, and quits.
answer_actor::behavior_type
driver(answer_actor::stateful_pointer<driver_state> self, drive* in);

} // namespace holdfast::bench
