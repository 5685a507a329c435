// What an operation has to do with dead letters; few have anything.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "holdfast/dead_letter.hpp"

namespace holdfast {

struct letter_part {
  /// The letter that is meant: to be shown, dropped or tried again.
  std::uint64_t id = 0;
  /// The page that is wanted: letters behind this one, at most so many.
  std::uint64_t after = 0;
  std::size_t limit = 0;
  /// The letters that were asked for.
  std::vector<dead_letter> found;
  /// There are letters behind this page.
  bool has_more = false;

  // -- of a command whose handling threw --------------------------------------
  /// What was thrown last, and when the first time.
  std::string cause;
  std::int64_t first_ms = 0;
  /// A key that was answered after this needs no letter: it has its answer.
  std::int64_t keys_since_ms = 0;
  /// There was room for it; `id` is the letter's.
  bool is_kept = false;
};

} // namespace holdfast
