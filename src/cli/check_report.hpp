// Tells people what a check found.
#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

#include "src/checker/checker.hpp"

namespace holdfast::cli {

/// What was looked at.
struct checked {
  std::size_t calls = 0;
  std::size_t events = 0;
  std::size_t records = 0;
  /// What was not, and why, one line each.
  std::vector<std::string> missing;
};

/// A line for each broken item with its number of violations and the first of
/// them, what was not checked, and the total.
void write_check_report(std::ostream& out, const checked& what,
                        const std::vector<checker::violation>& found);

} // namespace holdfast::cli
