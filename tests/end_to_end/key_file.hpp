// API keys as an operator makes them.
#pragma once

#include <string>
#include <vector>

#include "tests/storage/temp_dir.hpp"

namespace holdfast::live {

/// What `holdfast key NAME ROLE` printed.
struct made_key {
  std::string secret;
  std::string line;
};
made_key make_key(const std::string& name, const std::string& role);

/// `Authorization: Bearer …` as a field line.
std::string bearer(const made_key& key);

/// A file of keys, gone with the object.
class key_file {
public:
  /// The flags of a node with this file.
  std::vector<std::string> flags() const {
    return {"--api-keys-file", path()};
  }
  std::string path() const {
    return directory_ / "keys";
  }

  void hold(const std::vector<made_key>& keys) const;
  /// Replaces the file.
  void write(const std::string& text) const;

private:
  storage::testing::temp_dir directory_;
};

} // namespace holdfast::live
