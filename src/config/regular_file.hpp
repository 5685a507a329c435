// Files that options name and that may be replaced while a node runs.
#pragma once

#include <sys/stat.h>

#include <cstddef>
#include <string>

namespace holdfast::config {

/// Bytes of a file that an option names, at most: one without an end would be
/// read until there is no memory. API keys need the most.
inline constexpr std::size_t file_bytes_max = 4 << 20;
inline constexpr auto file_too_large = "it is larger than 4 MiB";

/// An open file that can be read without waiting for anybody: a pipe would keep
/// the thread that reads it until somebody writes. Functions throw
/// `config_error` that begins with `origin`.
class regular_file {
public:
  regular_file(const std::string& path, std::string origin);
  regular_file(const regular_file&) = delete;
  regular_file& operator=(const regular_file&) = delete;
  ~regular_file();

  std::string read() const;
  bool empty() const noexcept {
    return facts_.st_size == 0;
  }
  /// Who may read and write it.
  mode_t mode() const noexcept {
    return facts_.st_mode;
  }

private:
  std::string trouble();
  [[noreturn]] void fail(const std::string& why) const;

  std::string origin_;
  int descriptor_;
  struct stat facts_ {};
};

} // namespace holdfast::config
