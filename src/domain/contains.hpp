// Whether a short list of names has one of them.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

namespace holdfast {

inline bool contains(const std::vector<std::string>& names,
                     const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

} // namespace holdfast
