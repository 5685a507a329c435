// The files of the source tree, for tests that hold them to the house rules.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace holdfast::test {

struct source_file {
  /// Relative to the top level, e.g. `src/cli/main.cpp`.
  std::string path;
  std::vector<std::string> lines;

  bool is_in(std::string_view folder) const {
    return path.starts_with(folder);
  }

  bool is_code() const {
    return path.ends_with(".hpp") || path.ends_with(".cpp");
  }
};

/// One `#include`.
struct inclusion {
  /// As written: `<caf/all.hpp>` or `"http/api.hpp"`, with its marks.
  std::string text;
  std::size_t line = 0;

  /// Without the marks.
  std::string_view target() const {
    return std::string_view{text}.substr(1, text.size() - 2);
  }
};

/// Every text file of ours, without what builds and other people made.
const std::vector<source_file>& source_tree();

/// What stands at the top level, without what builds and runs leave there.
std::vector<std::string> top_level();

std::vector<inclusion> inclusions_of(const source_file& file);

/// Characters of a line of UTF-8, not bytes.
std::size_t width_of(std::string_view line);

} // namespace holdfast::test
