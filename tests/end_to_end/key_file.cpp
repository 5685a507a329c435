#include "tests/end_to_end/key_file.hpp"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "tests/support/node_process.hpp"
#include "tests/support/wait.hpp"

namespace holdfast::live {

namespace {

/// What follows `head` in its line, blanks aside.
std::string after(const std::string& text, const std::string& head) {
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with(head))
      return line.substr(line.find_first_not_of(' ', head.size()));
  FAIL("there is no ", head, " in ", text);
  return {};
}

} // namespace

made_key make_key(const std::string& name, const std::string& role) {
  const storage::testing::temp_dir dir;
  const test::process_plan plan{{test::holdfast_program(), "key", name, role},
                                {},
                                dir / "out",
                                dir / "err"};
  const auto end = test::run(plan, test::patience);
  REQUIRE(end.has_value());
  REQUIRE(end->is_exit(0));
  const auto said = test::read_text(plan.out_path);
  return {after(said, "secret:"), after(said, "line:")};
}

std::string bearer(const made_key& key) {
  return "Authorization: Bearer " + key.secret + "\r\n";
}

void key_file::hold(const std::vector<made_key>& keys) const {
  std::string text;
  for (const auto& key : keys)
    text += key.line + "\n";
  write(text);
}

void key_file::write(const std::string& text) const {
  const auto fresh = path() + ".new";
  std::ofstream{fresh} << text;
  REQUIRE(::chmod(fresh.c_str(), 0600) == 0);
  std::filesystem::rename(fresh, path());
}

} // namespace holdfast::live
