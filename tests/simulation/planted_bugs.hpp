// Bugs below the actors, for the simulator to find.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "src/cli/simulation/enactment.hpp"

namespace holdfast::test {

struct planted_bug {
  std::string name;
  /// What a story that meets it is blamed for first, one of these: see
  /// `simulation::verdict`.
  std::set<int> items;
  simulation::tampering with;
  /// What is said of it, where its item says too little: 0 is many things.
  std::string words;
};

/// Each is a mistake that a journal, a ledger or a disk could make.
std::vector<planted_bug> planted_bugs();

/// Mistakes that members, or the links between them, could make.
std::vector<planted_bug> planted_cluster_bugs();

} // namespace holdfast::test
