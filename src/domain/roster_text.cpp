// The roster as lines of words, for a file that people may read.
#include "holdfast/roster.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "holdfast/names.hpp"

namespace holdfast {

namespace {

constexpr std::string_view head = "holdfast cluster 2";
/// Told nothing of wanted stores and of earlier starts.
constexpr std::string_view old_head = "holdfast cluster 1";
constexpr std::string_view end_mark = "ended ";
/// Comes last, so that a file that was cut off is noticed.
constexpr std::string_view tail = "end";
/// Stands for a list without members.
constexpr std::string_view nothing = "-";

template <class Integer>
bool parse_number(std::string_view text, Integer& into) {
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, into);
  return error == std::errc{} && stop == end && !text.empty();
}

std::vector<std::string> cut(std::string_view text, char at) {
  std::vector<std::string> parts;
  for (;;) {
    const auto end = text.find(at);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos)
      return parts;
    text.remove_prefix(end + 1);
  }
}

std::string list(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names)
    text.append(text.empty() ? "" : ",").append(name);
  return text.empty() ? std::string{nothing} : text;
}

bool parse_list(const std::string& text, std::vector<std::string>& into) {
  if (text == nothing)
    return true;
  into = cut(text, ',');
  for (const auto& name : into)
    if (!is_store_id(name))
      return false;
  return true;
}

std::string list(const std::vector<std::uint64_t>& runs) {
  std::vector<std::string> texts;
  for (const auto run : runs)
    texts.push_back(std::to_string(run));
  return list(texts);
}

bool parse_list(const std::string& text, std::vector<std::uint64_t>& into) {
  if (text == nothing)
    return true;
  for (const auto& each : cut(text, ','))
    if (!parse_number(each, into.emplace_back()))
      return false;
  return true;
}

/// Another process may have said it.
std::string one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

std::string line_of(const roster_entry& entry) {
  const auto at =
      entry.at.port == 0 ? std::string{nothing} : to_string(entry.at);
  return "node " + entry.name + " " + std::to_string(entry.journal) + " "
         + std::to_string(entry.epoch) + " " + std::to_string(entry.revision)
         + " " + (entry.retired ? "retired" : "member") + " " + at + " "
         + list(entry.stores) + " " + std::to_string(entry.run) + " "
         + list(entry.wanted) + " " + list(entry.past) + "\n";
}

bool parse_self(const std::vector<std::string>& words, roster_memory& into) {
  into.name = words[1];
  return (words.size() == 5 || words.size() == 6) && is_store_id(words[1])
         && parse_number(words[2], into.journal)
         && parse_number(words[3], into.epoch)
         && parse_list(words[4], into.created)
         && (words.size() == 5 || parse_list(words[5], into.runs));
}

bool parse_node(const std::vector<std::string>& words, roster& into) {
  const bool is_whole = words.size() == 11;
  if ((words.size() != 9 && !is_whole) || !is_store_id(words[1]))
    return false;
  roster_entry entry;
  entry.name = words[1];
  entry.retired = words[5] == "retired";
  if (words[6] != nothing) {
    const auto at = parse_node_address(words[6]);
    if (!at)
      return false;
    entry.at = *at;
  }
  return parse_number(words[2], entry.journal)
         && parse_number(words[3], entry.epoch)
         && parse_number(words[4], entry.revision)
         && (entry.retired || words[5] == "member")
         && parse_list(words[7], entry.stores)
         && parse_number(words[8], entry.run)
         && (!is_whole
             || (parse_list(words[9], entry.wanted)
                 && parse_list(words[10], entry.past)))
         && is_valid(entry) && into.merge(entry);
}

bool parse_line(const std::string& line, roster_memory& into) {
  if (line.starts_with(end_mark)) {
    into.ended = line.substr(end_mark.size());
    return !into.ended.empty();
  }
  const auto words = cut(line, ' ');
  if (words[0] == "self" && words.size() > 1)
    return parse_self(words, into);
  return words[0] == "node" && parse_node(words, into.known);
}

} // namespace

std::string to_string(const node_address& at) {
  const bool is_v6 = at.host.find(':') != std::string::npos;
  return (is_v6 ? "[" + at.host + "]" : at.host) + ":"
         + std::to_string(at.port);
}

std::optional<node_address> parse_node_address(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0)
    return std::nullopt;
  auto host = text.substr(0, colon);
  const bool is_bracketed = host.front() == '[' && host.back() == ']';
  if (is_bracketed)
    host = host.substr(1, host.size() - 2);
  node_address made{std::string{host}, 0};
  const bool has_colon = host.find(':') != std::string_view::npos;
  const bool has_blank =
      host.find_first_of(" \t\r\n,[]") != std::string_view::npos;
  if (host.empty() || has_blank || has_colon != is_bracketed
      || !parse_number(text.substr(colon + 1), made.port) || made.port == 0)
    return std::nullopt;
  return made;
}

std::string to_text(const roster_memory& memory) {
  std::string text{head};
  text += "\nself " + memory.name + " " + std::to_string(memory.journal) + " "
          + std::to_string(memory.epoch) + " " + list(memory.created) + " "
          + list(memory.runs) + "\n";
  if (!memory.ended.empty())
    text.append(end_mark).append(one_line(memory.ended)).append("\n");
  for (const auto& [name, entry] : memory.known.all())
    text += line_of(entry);
  return text.append(tail) + "\n";
}

roster_memory parse_roster(std::string_view text) {
  const auto lines = cut(text, '\n');
  roster_memory made;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto left = lines.size() - i;
    const bool is_head = lines[i] == head || lines[i] == old_head;
    const bool is_good = i == 0      ? is_head && left > 2
                         : left == 2 ? lines[i] == tail
                         : left == 1 ? lines[i].empty()
                                     : parse_line(lines[i], made);
    if (!is_good)
      throw std::runtime_error{"line " + std::to_string(i + 1)
                               + " is not as it was written"};
  }
  if (made.name.empty())
    throw std::runtime_error{"it does not say whose it is"};
  return made;
}

} // namespace holdfast
