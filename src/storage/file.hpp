// Files that are written past SQLite.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace holdfast::storage {

/// An open file. Functions throw `journal_error::failed`, or `full` where the
/// disk is.
class file {
public:
  file(const std::string& path, int flags);
  file(const file&) = delete;
  file& operator=(const file&) = delete;
  ~file();

  void write_at(std::uint64_t offset, std::string_view bytes);
  void truncate();
  /// Data and what is needed to find it again.
  void sync_data();
  /// Up to `count` bytes.
  std::string read_at(std::uint64_t offset, std::size_t count) const;
  int descriptor() const noexcept {
    return descriptor_;
  }

private:
  [[noreturn]] void fail(const char* what) const;

  std::string path_;
  int descriptor_;
};

/// True unless the disk of `path` is known to have no room for `bytes`.
bool has_room(const std::string& path, std::uint64_t bytes) noexcept;

/// Makes names that were created in `path` durable.
void sync_directory(const std::string& path);

} // namespace holdfast::storage
