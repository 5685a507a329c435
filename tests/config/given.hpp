// Runs of the program with a made-up environment.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "src/config/command_line.hpp"
#include "src/config/config_error.hpp"

namespace holdfast::config::test {

using variables = std::map<std::string, std::string>;

inline invocation run(std::vector<std::string> arguments,
                      const variables& set = {}) {
  return read_command_line(
      std::move(arguments),
      [&set](const std::string& name) -> std::optional<std::string> {
        const auto found = set.find(name);
        return found == set.end() ? std::nullopt : std::optional{found->second};
      });
}

/// The settings of `holdfast serve` with these flags.
inline settings serve(std::vector<std::string> flags,
                      const variables& set = {}) {
  flags.insert(flags.begin(), "serve");
  return run(std::move(flags), set).node;
}

/// The message of the refusal, or `accepted`.
inline std::string refusal(std::vector<std::string> arguments,
                           const variables& set = {}) {
  try {
    run(std::move(arguments), set);
  } catch (const config_error& error) {
    return error.what();
  }
  return "accepted";
}

/// The same for a file of this content, called `node.toml`.
std::string file_refusal(const std::string& content);

/// A file for the lifetime of the object.
class temporary_file {
public:
  explicit temporary_file(const std::string& content);
  temporary_file(const temporary_file&) = delete;
  temporary_file& operator=(const temporary_file&) = delete;
  ~temporary_file();

  const std::string& path() const {
    return path_;
  }

private:
  std::string path_;
};

} // namespace holdfast::config::test
