// What a history gives no ground to check.
#pragma once

#include <string>
#include <vector>

#include "src/history/history.hpp"

namespace holdfast::cli {

/// One line for each item, or part of one, and each reason, by item. Of all
/// events there are, whether they count or not.
std::vector<std::string> missing_grounds(const history::told& of);

} // namespace holdfast::cli
