// What a simulation comes to.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "src/checker/checker.hpp"

namespace holdfast::simulation {

struct verdict {
  /// Everything that is wrong, the first first; the items are those of the
  /// checker, and 0 where a node does what no node may do.
  std::vector<checker::violation> broken;
  /// Everything that happened, one line each.
  std::string trace;
  /// The lines of each step that was played, without those of the actors that
  /// ran after it.
  std::vector<std::string> told;

  std::uint64_t calls = 0;
  std::uint64_t events = 0;
  /// Rounds of the central view that somebody asked for and were complete.
  std::uint64_t rounds = 0;
  /// Dead letters that somebody was told of.
  std::uint64_t letters = 0;
  /// Calls that found a bulkhead full.
  std::uint64_t crowded_out = 0;
  /// Calls for which there was too much under way between nodes.
  std::uint64_t overloaded = 0;
  /// Nodes that were lost for good.
  std::uint64_t lost = 0;
  /// Stores of theirs that another node has in the end.
  std::uint64_t made_anew = 0;
  /// Nodes that were started, and how many lost power or were killed.
  std::uint64_t starts = 0;
  std::uint64_t power_cuts = 0;
  std::uint64_t crashes = 0;
  std::int64_t simulated_ms = 0;
  /// Holds had to end in time by the clock of their callers, too.
  bool is_real_time = false;
};

} // namespace holdfast::simulation
