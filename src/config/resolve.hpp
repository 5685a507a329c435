// Which source decides: flag, then environment, then file, then default.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "src/config/config_error.hpp"
#include "src/config/config_file.hpp"
#include "src/config/option.hpp"
#include "src/config/value.hpp"

namespace holdfast::config {

/// The value of an environment variable, if it is set.
using environment =
    std::function<std::optional<std::string>(const std::string&)>;

/// Everything that was said about options. CLI11 could look into environment
/// and file itself, but lets the file win and forgets where a value is from.
struct sources {
  /// By the name of the option.
  std::map<std::string, std::string> flags;
  environment variable = [](const std::string&) {
    return std::nullopt;
  };
  std::string file_name;
  std::vector<file_entry> file;
};

/// What one source said, and its name for messages.
struct statement {
  std::vector<std::string> items;
  std::string origin;
  /// Of the file: some of it stands in quotes, and some does not.
  bool has_quoted = false;
  bool has_bare = false;
};

/// The statement that decides about an option, if any source has one.
std::optional<statement> find_statement(const sources& from,
                                        const std::string& name, bool is_list);

/// Throws config_error for the first entry of the file whose key is unknown.
void check_keys(const sources& from, const std::vector<std::string>& known);

/// `PORT from the environment is "70000": must be ...`
config_error broken_rule(const statement& said, const std::string& rule);

/// Throws config_error if the file spells it as another kind of value.
void check_spelling(const statement& said, spelling wanted);

/// Sets the member of one option. Throws config_error.
template <class T>
void resolve(const option<T>& entry, const sources& from, T& target) {
  const auto said = find_statement(from, entry.name, entry.is_list);
  if (!said)
    return;
  check_spelling(*said, entry.in_file);
  if (!entry.assign(target, said->items))
    throw broken_rule(*said, entry.rule);
}

} // namespace holdfast::config
