// The order in which a SKU learns its keys anew.
#pragma once

#include <algorithm>
#include <vector>

#include "holdfast/journal.hpp"

namespace holdfast::storage {

/// Turns keys that were collected from two chains, newest first each, into one
/// list, oldest first.
inline void order_keys(std::vector<remembered_key>& keys) {
  std::reverse(keys.begin(), keys.end());
  std::stable_sort(keys.begin(), keys.end(),
                   [](const remembered_key& one, const remembered_key& two) {
                     return one.at_ms < two.at_ms;
                   });
}

} // namespace holdfast::storage
