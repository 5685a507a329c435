// A file system of a given size.
#pragma once

#include <cstddef>
#include <string>

namespace holdfast::test {

/// Full after a few seconds of load.
inline constexpr std::size_t small_disk_bytes = 16 << 20;

/// Mounted on a directory, which it makes, for as long as it lives.
class tmpfs {
public:
  tmpfs(std::string path, std::size_t bytes);
  tmpfs(const tmpfs&) = delete;
  tmpfs& operator=(const tmpfs&) = delete;
  ~tmpfs();

  /// False where this process may not mount; says so.
  bool is_mounted() const noexcept {
    return is_mounted_;
  }

private:
  std::string path_;
  bool is_mounted_;
};

/// Takes all space that is left where `path` is, in a file of that name.
class ballast {
public:
  explicit ballast(std::string path);
  void remove();

private:
  std::string path_;
};

} // namespace holdfast::test
