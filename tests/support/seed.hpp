// Randomness that can be had again.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <random>

#include <doctest/doctest.h>

namespace holdfast {

/// An engine with the seed of the environment variable `TEST_SEED`, else with
/// a fresh one. The seed is shown if the test fails.
inline std::mt19937_64 seeded_engine() {
  const auto* given = std::getenv("TEST_SEED");
  const std::uint64_t seed = given != nullptr
                                 ? std::strtoull(given, nullptr, 10)
                                 : std::random_device{}();
  MESSAGE("TEST_SEED=" << seed);
  return std::mt19937_64{seed};
}

} // namespace holdfast
