#include "tests/support/source_tree.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

namespace holdfast::test {

namespace {

namespace fs = std::filesystem;

source_file read_source(const fs::path& path) {
  source_file file{fs::relative(path, PROJECT_ROOT).string(), {}};
  std::ifstream content{path};
  for (std::string line; std::getline(content, line);)
    file.lines.push_back(line);
  return file;
}

/// Inputs of tests are bytes, not source.
bool is_source(const fs::directory_entry& entry) {
  return entry.is_regular_file()
         && entry.path().string().find("/fuzz/corpus/") == std::string::npos;
}

std::vector<source_file> read_tree() {
  std::vector<source_file> files;
  for (const auto& name : top_level()) {
    const auto path = fs::path{PROJECT_ROOT} / name;
    if (fs::is_regular_file(path))
      files.push_back(read_source(path));
    else if (name != "subprojects")
      for (const auto& entry : fs::recursive_directory_iterator{path})
        if (is_source(entry))
          files.push_back(read_source(entry.path()));
  }
  return files;
}

} // namespace

const std::vector<source_file>& source_tree() {
  static const auto files = read_tree();
  return files;
}

std::vector<std::string> top_level() {
  const std::set<std::string> left_behind = {".git", ".cache", "data",
                                             "compile_commands.json"};
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator{PROJECT_ROOT}) {
    const auto name = entry.path().filename().string();
    if (!left_behind.contains(name) && !name.starts_with("build"))
      names.push_back(name);
  }
  return names;
}

std::vector<inclusion> inclusions_of(const source_file& file) {
  const std::string_view mark = "#include ";
  std::vector<inclusion> found;
  for (std::size_t i = 0; i < file.lines.size(); ++i)
    if (const auto& line = file.lines[i]; line.starts_with(mark)) {
      const auto end = line.find_first_of(">\"", mark.size() + 1);
      found.push_back({line.substr(mark.size(), end + 1 - mark.size()), i + 1});
    }
  return found;
}

std::size_t width_of(std::string_view line) {
  // Every byte but those that continue a character begins one.
  return std::count_if(line.begin(), line.end(),
                       [](char c) { return (c & 0xc0) != 0x80; });
}

} // namespace holdfast::test
