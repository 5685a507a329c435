// A directory for journals, gone with its owner.
#pragma once

#include <filesystem>
#include <mutex>
#include <string>

namespace holdfast::cli {

/// Unlike the directories of tests it is to be on a disk: syncs are measured.
class scratch_dir {
public:
  explicit scratch_dir(const std::filesystem::path& in);
  scratch_dir(const scratch_dir&) = delete;
  scratch_dir& operator=(const scratch_dir&) = delete;
  ~scratch_dir();

  const std::string& path() const noexcept {
    return path_;
  }

  /// Removes all there are, though their owners go on. Keep what it returns
  /// until the process ends: meanwhile nobody makes another one. Any thread.
  static std::unique_lock<std::mutex> remove_all();

private:
  std::string path_;
};

} // namespace holdfast::cli
