// Worlds of actors, each made by its seed. SIM_SEEDS sets how many, SIM_SEED
// the first.
#include <doctest/doctest.h>

#include <cstdlib>

#include "tests/simulation/simulation.hpp"
#include "tests/support/figures.hpp"

using namespace holdfast::test;

namespace {

std::uint64_t number(const char* name, std::uint64_t otherwise) {
  const auto* given = std::getenv(name);
  return given != nullptr ? std::strtoull(given, nullptr, 10) : otherwise;
}

} // namespace

TEST_CASE("no seed makes the actors break a promise") {
  const auto first = number("SIM_SEED", 1);
  const auto count = number("SIM_SEEDS", 2'000);
  std::size_t calls = 0;
  std::size_t events = 0;
  std::size_t rounds = 0;
  for (auto seed = first; seed < first + count; ++seed) {
    const auto found = simulation{seed}.run();
    calls += found.calls;
    events += found.events;
    rounds += found.rounds;
    REQUIRE_MESSAGE(found.complaints.empty(), "SIM_SEED=", seed, "\n",
                    found.trace, found.complaints);
  }
  tell("deterministic simulation", count,
       {{"calls", calls}, {"events", events}, {"rounds", rounds}});
}

TEST_CASE("the same seed tells the same story") {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    const auto once = simulation{seed}.run();
    const auto again = simulation{seed}.run();
    REQUIRE(!once.trace.empty());
    CHECK_MESSAGE(once.trace == again.trace, "SIM_SEED=", seed);
  }
}
