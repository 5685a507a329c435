// A directory of one test, gone with it.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace holdfast::storage::testing {

class temp_dir {
public:
  temp_dir() : temp_dir(without_syncs()) {
    // nop
  }
  explicit temp_dir(const std::filesystem::path& parent) {
    auto pattern = (parent / "holdfast-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr)
      throw std::runtime_error("cannot make a directory for a test");
    path_ = pattern;
  }
  temp_dir(const temp_dir&) = delete;
  temp_dir& operator=(const temp_dir&) = delete;
  ~temp_dir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  std::string operator/(const std::string& name) const {
    return path_ + "/" + name;
  }
  const std::string& path() const noexcept {
    return path_;
  }

  /// A place in memory, if there is one: where no power is lost, nobody has to
  /// wait for a disk to sync.
  static std::filesystem::path without_syncs() {
    const std::filesystem::path memory = "/dev/shm";
    return ::access(memory.c_str(), W_OK) == 0
               ? memory
               : std::filesystem::temp_directory_path();
  }

private:
  std::string path_;
};

} // namespace holdfast::storage::testing
