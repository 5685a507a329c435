// Takes out of a story what its bad end does not need.
#pragma once

#include <functional>

#include "src/cli/simulation/enactment.hpp"

namespace holdfast::simulation {

struct shrunk_story {
  story plot;
  /// What the shorter story comes to.
  verdict found;
  /// How often it was played on the way.
  std::size_t plays = 0;
};

/// True for the fault that is looked for.
using fault_test = std::function<bool(const checker::violation&)>;

/// The shortest story found whose first fault `is_it`, without that one of the
/// same item as that of `plot`, which has one. No single step can be left out
/// of it, unless so many plays as `plays_max` did not suffice. Deterministic.
shrunk_story shrink(const story& plot, const tampering& with,
                    std::size_t plays_max = 2'000, fault_test is_it = {});

} // namespace holdfast::simulation
