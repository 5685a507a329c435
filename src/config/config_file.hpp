// The configuration file: the part of TOML that options need.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::config {

/// One `key = value` of the file.
struct file_entry {
  std::string key;
  /// The value as text; the elements where it is an array.
  std::vector<std::string> items;
  bool is_array = false;
  /// Some of it stands in quotes, and some does not.
  bool has_quoted = false;
  bool has_bare = false;
  std::size_t line = 0;
};

/// Reads `key = value` lines whose values are strings, numbers, booleans or
/// arrays of these, with comments. Tables, dates and multi-line strings are
/// not used. CLI11's own reader cuts a string at `#` and skips what it does
/// not understand, which must not happen to the path of a journal.
/// Throws config_error with the name of the file and the line.
std::vector<file_entry> parse_config(std::string_view text,
                                     const std::string& file_name);

/// The same from a file on disk, of `file_bytes_max` at most. `named_by` says
/// who named it.
std::vector<file_entry> read_config(const std::string& file_name,
                                    const std::string& named_by);

} // namespace holdfast::config
