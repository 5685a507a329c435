// What trials of a fault came to, for people and for a campaign.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

namespace holdfast::test {

using figures = std::vector<std::pair<std::string, double>>;

/// Shows what `count` trials of the row `row` of the fault table came to. If
/// the environment variable FAULT_FIGURES names a file, a line of JSON is
/// added to it as well. Of several lines of one row a figure whose name begins
/// with `slowest` or `most` is the greatest of them, one with `least` the
/// smallest, any other their sum. Names need no escape in JSON.
inline void tell(const std::string& row, std::size_t count,
                 const figures& measured) {
  std::ostringstream shown;
  std::ostringstream line;
  shown << row << ": " << count;
  line << R"({"row":")" << row << R"(","count":)" << count << R"(,"figures":{)";
  const char* comma = "";
  for (const auto& [name, value] : measured) {
    shown << ", " << name << ' ' << value;
    line << comma << '"' << name << "\":" << value;
    comma = ",";
  }
  MESSAGE(shown.str());
  if (const auto* path = std::getenv("FAULT_FIGURES"))
    std::ofstream{path, std::ios::app} << line.str() << "}}\n";
}

} // namespace holdfast::test
