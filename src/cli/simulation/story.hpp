// A simulation as data: what happens, step by step.
#pragma once

#include <cstdint>
#include <vector>

#include "src/cli/simulation/plan.hpp"

namespace holdfast::simulation {

/// One thing that happens, and how many actors run after it. All chance of it
/// comes from `roll`, none from the steps before: it may be taken out, and the
/// others stay what they are.
struct step {
  std::uint32_t number = 0;
  deed what = deed::ask;
  std::uint32_t runs = 0;
  std::uint64_t roll = 0;
};

struct story {
  std::uint64_t seed = 0;
  plan world;
  std::vector<step> steps;
};

/// How many nodes there are: as many as the seed says, one, or several.
enum class cast : std::uint8_t { any, alone, cluster };

/// All that a seed decides. `ops` requests of clients; 0 leaves their number
/// to the seed.
story make_story(std::uint64_t seed, std::size_t ops = 0, cast who = cast::any);

} // namespace holdfast::simulation
