// The table of log events in the documents, held against the code.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "tests/support/source_tree.hpp"

using namespace holdfast::test;

namespace {

using names = std::set<std::string>;

/// What stands between two `mark`s, taken in pairs, and looks like an event.
void take_names(std::string_view text, char mark, names& into) {
  for (auto begin = text.find(mark); begin != text.npos;) {
    const auto end = text.find(mark, begin + 1);
    if (end == text.npos)
      return;
    const auto name = text.substr(begin + 1, end - begin - 1);
    if (!name.empty()
        && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == name.npos)
      into.emplace(name);
    begin = text.find(mark, end + 1);
  }
}

std::string text_of(const source_file& file) {
  std::string text;
  for (const auto& line : file.lines)
    text.append(line).append("\n");
  return text;
}

/// The first argument of the call whose `(` ends before `begin`.
std::string_view first_argument(std::string_view text, std::size_t begin) {
  auto depth = 0;
  for (auto i = begin; i < text.size(); ++i) {
    const auto c = text[i];
    if (depth == 0 && (c == ',' || c == ')'))
      return text.substr(begin, i - begin);
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
  }
  return text.substr(begin);
}

bool is_program(const source_file& file) {
  return file.is_code()
         && (file.is_in("src/") || file.is_in("actors/")
             || file.is_in("http/"));
}

/// What a call that logs names.
names logged_events() {
  names found;
  for (const auto& file : source_tree()) {
    if (!is_program(file))
      continue;
    const auto text = text_of(file);
    for (const std::string_view call :
         {"log_debug(", "log_info(", "log_warn(", "log_error(", "log_fault("})
      for (auto at = text.find(call); at != text.npos;
           at = text.find(call, at + 1))
        take_names(first_argument(text, at + call.size()), '"', found);
  }
  return found;
}

/// Every literal of the program.
names literals() {
  names found;
  for (const auto& file : source_tree())
    if (is_program(file))
      for (const auto& line : file.lines)
        take_names(line, '"', found);
  return found;
}

/// What the first column of the table names.
names documented_events() {
  constexpr std::string_view head = "| event of the log |";
  names found;
  for (const auto& file : source_tree()) {
    if (file.path != "docs/ARCHITECTURE.md")
      continue;
    const auto& lines = file.lines;
    auto row = std::find_if(lines.begin(), lines.end(), [&](const auto& line) {
      return line.starts_with(head);
    });
    for (; row != lines.end() && row->starts_with("|"); ++row)
      take_names(row->substr(0, row->find('|', 1)), '`', found);
  }
  return found;
}

} // namespace

TEST_CASE("every event of the log is documented") {
  const auto told = documented_events();
  const auto logged = logged_events();
  REQUIRE(logged.size() > 40);
  for (const auto& event : logged)
    CHECK_MESSAGE(told.contains(event), event);
}

TEST_CASE("every documented event of the log is one") {
  const auto known = literals();
  for (const auto& event : documented_events())
    CHECK_MESSAGE(known.contains(event), event);
}
