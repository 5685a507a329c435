// The house rules, held by a test.

#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <initializer_list>
#include <set>

#include "tests/support/source_tree.hpp"

using namespace holdfast::test;

namespace {

using paths = std::initializer_list<std::string_view>;

bool starts_with_any(std::string_view text, paths heads) {
  return std::any_of(heads.begin(), heads.end(),
                     [&](auto head) { return text.starts_with(head); });
}

/// Files that match `files` must not include what matches `targets`.
template <class Files, class Targets>
void forbid(const std::string& why, Files files, Targets targets) {
  for (const auto& file : source_tree())
    if (file.is_code() && files(file))
      for (const auto& used : inclusions_of(file))
        CHECK_MESSAGE(!targets(used), file.path, ":", used.line, " includes ",
                      used.text, ": ", why);
}

/// Only files below `allowed` may include targets that begin so.
void confine(std::string_view what, paths targets, paths allowed) {
  forbid(
      std::string{what} + " belongs elsewhere",
      [&](const auto& file) { return !starts_with_any(file.path, allowed); },
      [&](const auto& used) {
        return starts_with_any(used.target(), targets);
      });
}

/// Files below `folder` must not include targets that begin so.
void shield(std::string_view folder, paths targets) {
  forbid(
      std::string{folder} + " does not know it",
      [&](const auto& file) {
        return file.is_in(folder) && !file.is_in("src/cli/");
      },
      [&](const auto& used) {
        return starts_with_any(used.target(), targets);
      });
}

/// The word at `at` of `line` is not part of a longer one.
bool stands_alone(std::string_view line, std::size_t at, std::size_t size) {
  const auto is_word = [&](std::size_t i) {
    if (i >= line.size())
      return false;
    const auto c = static_cast<unsigned char>(line[i]);
    return std::isalnum(c) != 0 || c == '_';
  };
  return !is_word(at + size) && (at == 0 || !is_word(at - 1));
}

bool defines_state(const source_file& file) {
  return std::any_of(file.lines.begin(), file.lines.end(), [](auto& line) {
    return line.starts_with("struct ") && line.ends_with("_state {");
  });
}

/// Headers of actors/ that show the state of one, or include what does.
std::set<std::string> state_headers() {
  std::set<std::string> found;
  const auto shows_state = [&](const source_file& file) {
    const auto used = inclusions_of(file);
    return defines_state(file)
           || std::any_of(used.begin(), used.end(), [&](const auto& each) {
                return found.contains(std::string{each.target()});
              });
  };
  std::size_t before = 0;
  do {
    before = found.size();
    for (const auto& file : source_tree())
      if (file.is_in("actors/") && file.path.ends_with(".hpp")
          && shows_state(file))
        found.insert(file.path);
  } while (found.size() > before);
  return found;
}

} // namespace

TEST_CASE("no file is over 200 lines") {
  REQUIRE(source_tree().size() > 20);
  for (const auto& file : source_tree())
    if (!file.path.ends_with(".md"))
      CHECK_MESSAGE(file.lines.size() <= 200, file.path);
}

TEST_CASE("no line is over 80 columns") {
  for (const auto& file : source_tree())
    if (!file.path.ends_with(".md"))
      for (std::size_t i = 0; i < file.lines.size(); ++i)
        CHECK_MESSAGE(width_of(file.lines[i]) <= 80, file.path, ":", i + 1);
}

TEST_CASE("nothing is marked as left over") {
  for (const std::string marker : {"TO"
                                   "DO",
                                   "FIX"
                                   "ME",
                                   "XX"
                                   "X",
                                   "HA"
                                   "CK"})
    for (const auto& file : source_tree())
      for (std::size_t i = 0; i < file.lines.size(); ++i) {
        const auto& line = file.lines[i];
        const auto at = line.find(marker);
        CHECK_MESSAGE(
            (at == std::string::npos || !stands_alone(line, at, marker.size())),
            file.path, ":", i + 1);
      }
}

TEST_CASE("every header begins with a comment that says what it is for") {
  for (const auto& file : source_tree())
    if (file.path.ends_with(".hpp"))
      CHECK_MESSAGE(
          (!file.lines.empty() && file.lines.front().starts_with("// ")),
          file.path);
}

TEST_CASE("the domain knows only itself and the standard library") {
  const auto is_foreign = [](const inclusion& used) {
    return used.text.front() == '<'
               ? used.text.find_first_of("./") != std::string::npos
               : !used.target().starts_with("holdfast/");
  };
  forbid(
      "include/ knows only the standard library",
      [](const auto& file) { return file.is_in("include/"); }, is_foreign);
  forbid(
      "src/domain knows only include/ and the standard library",
      [](const auto& file) { return file.is_in("src/domain/"); },
      [&](const auto& used) {
        const bool is_neighbour = used.text.front() == '"'
                                  && used.text.find('/') == std::string::npos;
        return is_foreign(used) && !is_neighbour;
      });
}

TEST_CASE("folders include only what lies below them") {
  shield("src/", {"actors/", "http/", "src/cli/", "tests/"});
  shield("actors/", {"http/", "src/cli/", "tests/"});
  shield("http/", {"src/storage/", "src/cli/", "tests/"});
  confine("the simulated disk", {"src/storage/simulated/", "simulated/"},
          {"src/cli/simulation/", "tests/"});
}

TEST_CASE("http never sees the state of an actor") {
  const auto hidden = state_headers();
  REQUIRE(hidden.contains("actors/sku.hpp"));
  forbid(
      "http talks to actors by messages",
      [](const auto& file) { return file.is_in("http/"); },
      [&](const auto& used) {
        return hidden.contains(std::string{used.target()});
      });
}

TEST_CASE("every library has its place") {
  confine("CAF", {"caf/"}, {"actors/", "http/bridge", "src/cli/", "tests/"});
  confine("RESTinio", {"restinio/"},
          {"http/", "tests/http/", "tests/benchmarks/"});
  confine("SQLite", {"sqlite3.h"}, {"src/storage/"});
  confine("CLI11", {"CLI/"}, {"src/config/"});
  confine("spdlog", {"spdlog/"}, {"src/telemetry/"});
}

TEST_CASE("the top level holds what the design names and nothing else") {
  const std::set<std::string> required = {
      "meson.build", "src",         "include", "actors",        "http",
      "tests",       "subprojects", "config",  ".clang-format", ".gitignore"};
  const std::set<std::string> expected = {"README.md", "docs", "dev", ".ci"};
  const auto found = top_level();
  for (const auto& name : found)
    CHECK_MESSAGE((required.contains(name) || expected.contains(name)), name);
  for (const auto& name : required)
    CHECK_MESSAGE(std::find(found.begin(), found.end(), name) != found.end(),
                  name);
}

TEST_CASE("columns are counted in characters") {
  CHECK(width_of("abc") == 3);
  CHECK(width_of("a\xe2\x86\x90z") == 3);
}
