// What kind of world a seed makes.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "holdfast/settings.hpp"
#include "tests/simulation/dice.hpp"

namespace holdfast::test {

/// Asked for, and never delivered to any store.
inline constexpr auto unknown_sku = "SKU-0";

/// Sizes, limits and dangers of one simulation. Chances are per mille of a
/// step.
struct plan {
  settings with;
  std::vector<std::string> skus;
  /// Idle time after which a SKU costs no actor.
  std::chrono::milliseconds idle_after{60'000};
  std::size_t clients = 3;
  int steps = 500;
  /// Percent of the requests that carry a key.
  std::uint64_t keyed = 70;
  std::uint64_t acts = 120;
  std::uint64_t waits = 40;
  std::uint64_t long_waits = 0;
  /// An actor gets no thread for a while.
  std::uint64_t stalls = 0;
  std::uint64_t kills = 0;
  /// Somebody asks for a round of the central view.
  std::uint64_t rounds = 0;
  /// Pages of the ledger cannot be read.
  std::uint64_t blind_reads = 0;
  std::uint64_t full_disks = 0;
  std::uint64_t failed_disks = 0;
  std::uint64_t power_cuts = 0;
  std::uint64_t restarts = 0;
};

plan plan_of(dice& chance);

} // namespace holdfast::test
