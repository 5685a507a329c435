// Documents speak of what is there.
#include <doctest/doctest.h>

#include <algorithm>
#include <regex>

#include "tests/support/source_tree.hpp"

using namespace holdfast::test;

namespace {

bool is_there(const std::string& path) {
  const auto& tree = source_tree();
  return std::any_of(tree.begin(), tree.end(),
                     [&](const auto& file) { return file.path == path; });
}

} // namespace

TEST_CASE("every file that a document names is there") {
  const std::regex name{"`((?:include|src|actors|http|tests|docs|config)"
                        "/[a-z0-9_/]+\\.[a-z]+)`"};
  std::size_t named = 0;
  for (const auto& file : source_tree()) {
    if (!file.path.ends_with(".md"))
      continue;
    for (const auto& line : file.lines)
      for (std::sregex_iterator at{line.begin(), line.end(), name}, end;
           at != end; ++at) {
        ++named;
        CHECK_MESSAGE(is_there((*at)[1]), file.path << " names " << (*at)[1]);
      }
  }
  CHECK(named > 20);
}
