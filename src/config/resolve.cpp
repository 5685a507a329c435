#include "src/config/resolve.hpp"

#include <algorithm>

namespace holdfast::config {

namespace {

std::vector<std::string> to_items(const std::string& text, bool is_list) {
  return is_list ? split_list(text) : std::vector<std::string>{text};
}

statement from_file(const sources& from, const file_entry& entry,
                    bool is_list) {
  statement said{entry.items,
                 entry.key + " in " + from.file_name + ", line "
                     + std::to_string(entry.line),
                 entry.has_quoted, entry.has_bare};
  if (entry.is_array != is_list)
    throw broken_rule(said, is_list ? "a [list]" : "one value, not a [list]");
  return said;
}

} // namespace

std::optional<statement> find_statement(const sources& from,
                                        const std::string& name, bool is_list) {
  if (const auto flag = from.flags.find(name); flag != from.flags.end())
    return statement{to_items(flag->second, is_list), flag_name(name)};
  if (const auto value = from.variable(variable_name(name)))
    return statement{to_items(*value, is_list),
                     variable_name(name) + " from the environment"};
  for (const auto& entry : from.file)
    if (entry.key == name)
      return from_file(from, entry, is_list);
  return std::nullopt;
}

void check_keys(const sources& from, const std::vector<std::string>& known) {
  for (const auto& entry : from.file)
    if (std::find(known.begin(), known.end(), entry.key) == known.end())
      throw config_error{from.file_name + ", line " + std::to_string(entry.line)
                         + ": there is no option \"" + entry.key + "\""};
}

config_error broken_rule(const statement& said, const std::string& rule) {
  std::string text;
  for (const auto& item : said.items)
    text += (&item == said.items.data() ? "" : ",") + item;
  return config_error{said.origin + " is " + quote(text) + ": must be " + rule};
}

void check_spelling(const statement& said, spelling wanted) {
  if (wanted == spelling::bare && said.has_quoted)
    throw broken_rule(said, "a value without quotes");
  if (wanted == spelling::quoted && said.has_bare)
    throw broken_rule(said, "a \"text\" in quotes");
}

} // namespace holdfast::config
