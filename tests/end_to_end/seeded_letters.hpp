// Dead letters in a node that has no defect: put into its journal while it is
// down.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "holdfast/dead_letter.hpp"
#include "tests/end_to_end/live_node.hpp"

namespace holdfast::live {

/// A letter about `sku` of store-1 that was tried four times.
dead_letter letter_about(action what, const std::string& sku,
                         std::int64_t amount);

/// Restarts `node` with these letters. Their ids are 1, 2, … in a node that
/// had none.
void bury(live_node& node, const std::vector<dead_letter>& letters);

/// Restarts `node` with a letter for each answer that a retry can get, and
/// says which: ids with the status of their retry. `fields` let the caller in.
std::vector<std::pair<std::string, int>> seed_letters(live_node& node,
                                                      std::string fields);

} // namespace holdfast::live
