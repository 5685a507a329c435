// Files that options name and that may be replaced while a node runs.
#pragma once

#include <sys/stat.h>

#include <string>

namespace holdfast::config {

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
  [[noreturn]] void fail(const std::string& why) const;

  std::string origin_;
  int descriptor_;
  struct stat facts_ {};
};

} // namespace holdfast::config
