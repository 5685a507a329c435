// One option: its name in every source, its meaning, and the member it sets.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::config {

/// How the file spells a value.
enum class spelling { quoted, bare, either };

/// An option of a struct `T`. Its default is the one of the member in `T{}`.
template <class T>
struct option {
  /// Lower case with `_`, as in the file. The other spellings follow from it.
  std::string name;
  std::string help;
  /// What a value may be, completing "must be".
  std::string rule = {};
  /// True where the flag alone, without a value, means `true`.
  bool is_toggle = false;
  /// True where the option takes several values.
  bool is_list = false;
  spelling in_file = spelling::quoted;
  /// Sets the member; false, and nothing is set, if the rule is broken.
  std::function<bool(T&, const std::vector<std::string>&)> assign = {};
  /// The member as it would stand in the file.
  std::function<std::string(const T&)> show = {};
};

/// `http_threads` on the command line: `--http-threads`.
std::string flag_name(std::string_view name);

/// `http_threads` in the environment: `HTTP_THREADS`.
std::string variable_name(std::string_view name);

} // namespace holdfast::config
