// Files that are written past SQLite.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "disk.hpp"

namespace holdfast::storage {

/// An error of the system that says that there is no room: of the disk, of a
/// quota, or within the size that a file may have.
bool is_lack_of_room(int error) noexcept;

/// A file of the operating system; `flags` are those of `open`.
class file final : public disk_file {
public:
  file(const std::string& path, int flags);
  ~file() override;

  void write_at(std::uint64_t offset, std::string_view bytes) override;
  void truncate() override;
  void sync_data() override;
  std::string read_at(std::uint64_t offset, std::size_t count) const override;
  std::uint64_t size() const override;
  void check_name() const override;
  /// From here on what is written goes straight to the disk, if the file
  /// system can do that; see `disk::opening::blocks`.
  void bypass_cache() noexcept;
  /// Of a directory: makes durable which names are in it.
  void sync_names();
  int descriptor() const noexcept {
    return descriptor_;
  }

private:
  [[noreturn]] void fail(const char* what) const;
  void set_direct(bool is_on) noexcept;

  std::string path_;
  int descriptor_;
  bool is_direct_ = false;
};

} // namespace holdfast::storage
