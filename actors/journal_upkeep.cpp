#include "actors/journal_upkeep.hpp"

#include <chrono>

namespace holdfast {

namespace {

using clock = std::chrono::steady_clock;

/// How often, in transactions, and how many SKUs at once.
constexpr std::uint64_t checkpoint_every = 32;
constexpr std::size_t checkpoint_budget = 8;
/// SKUs of one step of the last checkpoint, and the time for all steps.
constexpr std::size_t finish_budget = 256;
constexpr std::chrono::milliseconds finish_time{1'500};

} // namespace

void shorten_next_start(journal& log, std::uint64_t transactions) {
  if (transactions % checkpoint_every == 0)
    log.checkpoint(checkpoint_budget, false);
}

void finish_checkpoints(journal& log) {
  const auto until = clock::now() + finish_time;
  while (clock::now() < until && log.checkpoint(finish_budget, true) != 0)
    continue;
}

bool has_room(journal& log) {
  try {
    // Writes down how far the snapshots go, which is true at any time.
    log.checkpoint(0, true);
    return true;
  } catch (const journal_error& e) {
    if (e.is() != journal_error::kind::full)
      throw;
    return false;
  }
}

} // namespace holdfast
