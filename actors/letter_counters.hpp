// What became of commands that could not be processed.
#pragma once

#include <atomic>
#include <cstdint>

#include "holdfast/tally.hpp"

namespace holdfast {

/// Written by the journal writer, read by anyone.
struct letter_counters {
  /// Letters that are there.
  std::atomic<std::uint64_t> kept{0};
  /// Commands that failed for good and became letters, or were one already.
  tally buried;
  /// The same for which there was no room.
  tally lost;
  /// Letters whose command was carried out after all.
  tally settled;
  /// Letters that somebody deleted.
  tally dropped;
};

} // namespace holdfast
