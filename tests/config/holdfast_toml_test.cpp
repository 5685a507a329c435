// Holds config/holdfast.toml against the table of options.

#include <doctest/doctest.h>

#include <fstream>
#include <set>

#include "src/config/config_file.hpp"
#include "src/config/option_table.hpp"
#include "tests/config/given.hpp"

using namespace holdfast;
using namespace holdfast::config;

namespace {

const std::string path = PROJECT_ROOT "/config/holdfast.toml";

std::vector<std::string> read_lines() {
  std::ifstream file{path};
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);)
    lines.push_back(line);
  return lines;
}

/// The comment above a line, as one line.
std::string comment_above(const std::vector<std::string>& lines,
                          std::size_t line) {
  std::string text;
  for (auto at = line - 1; at > 0 && lines[at - 1].starts_with("# "); --at)
    text = lines[at - 1].substr(2) + (text.empty() ? "" : " ") + text;
  return text;
}

} // namespace

TEST_CASE("the example file has every option once, in the order of the table") {
  const auto entries = read_config(path, "the test");
  REQUIRE(entries.size() == node_options().size());
  for (std::size_t i = 0; i < entries.size(); ++i)
    CHECK(entries[i].key == node_options()[i].name);
}

TEST_CASE("the example file holds the defaults as the table spells them") {
  const auto lines = read_lines();
  const auto entries = read_config(path, "the test");
  REQUIRE(entries.size() == node_options().size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto& entry = node_options()[i];
    CHECK(lines[entries[i].line - 1]
          == entry.name + " = " + entry.show(settings{}));
  }
}

TEST_CASE("the example file explains every option as the table does") {
  const auto lines = read_lines();
  const auto entries = read_config(path, "the test");
  REQUIRE(entries.size() == node_options().size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto& entry = node_options()[i];
    CHECK(comment_above(lines, entries[i].line)
          == entry.help + " Must be " + entry.rule + ".");
  }
}

TEST_CASE("a node started with the example file has the defaults") {
  const auto node = test::serve({"--config", path});
  for (const auto& entry : node_options())
    CHECK(entry.show(node) == entry.show(settings{}));
}

TEST_CASE("every default keeps its own rule") {
  for (const auto& entry : read_config(path, "the test"))
    for (const auto& option : node_options())
      if (settings node; option.name == entry.key)
        CHECK_MESSAGE(option.assign(node, entry.items), option.name);
}

TEST_CASE("no two options share a name") {
  std::set<std::string> names;
  for (const auto& entry : node_options())
    CHECK_MESSAGE(names.insert(entry.name).second, entry.name);
}
