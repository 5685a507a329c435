// Entries of a roster, as they are.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "holdfast/roster.hpp"

namespace holdfast::test {

inline roster_entry entry_of(const std::string& name, std::uint64_t epoch,
                             std::vector<std::string> stores) {
  return {name, 1, epoch, 1, {"127.0.0.1", 4'001}, std::move(stores), false, 0};
}

} // namespace holdfast::test
