#include <fcntl.h>
#include <sys/statvfs.h>

#include <cerrno>
#include <filesystem>
#include <vector>

#include "file.hpp"
#include "holdfast/journal.hpp"

namespace holdfast::storage {

namespace {

namespace fs = std::filesystem;

int flags_of(disk::opening how) noexcept {
  switch (how) {
  case disk::opening::read:
    return O_RDONLY;
  case disk::opening::write:
    return O_RDWR;
  case disk::opening::create:
  case disk::opening::blocks:
    return O_RDWR | O_CREAT;
  case disk::opening::fresh:
    return O_RDWR | O_CREAT | O_TRUNC;
  }
  return O_RDONLY;
}

/// Runs `work`, whose errors are those of a journal.
template <class F>
void guarded(F work) {
  try {
    work();
  } catch (const fs::filesystem_error& error) {
    const auto code = error.code().value();
    const auto is_full = is_lack_of_room(code);
    throw journal_error(is_full ? journal_error::kind::full
                                : journal_error::kind::failed,
                        error.what());
  }
}

class posix_disk final : public disk {
public:
  std::unique_ptr<disk_file> open(const std::string& path,
                                  opening how) override {
    auto opened = std::make_unique<file>(path, flags_of(how));
    if (how == opening::blocks)
      opened->bypass_cache();
    return opened;
  }

  bool exists(const std::string& path) const override {
    std::error_code error;
    const auto is_there = fs::exists(path, error);
    guarded([&] {
      if (error)
        throw fs::filesystem_error("cannot look for", path, error);
    });
    return is_there;
  }

  void rename(const std::string& from, const std::string& to) override {
    std::error_code error;
    do
      fs::rename(from, to, error);
    while (error == std::errc::interrupted);
    guarded([&] {
      if (error)
        throw fs::filesystem_error("cannot rename", from, to, error);
    });
  }

  void make_directory(const std::string& path) override {
    guarded([&] {
      auto whole = fs::absolute(path);
      if (!whole.has_filename())
        whole = whole.parent_path();
      std::vector<fs::path> parents;
      for (auto at = whole; !fs::exists(at); at = at.parent_path())
        parents.push_back(at.parent_path());
      fs::create_directories(whole);
      for (const auto& parent : parents)
        sync_directory(parent.string());
    });
  }

  void sync_directory(const std::string& path) override {
    file{path, O_RDONLY | O_DIRECTORY}.sync_names();
  }

  std::optional<std::uint64_t>
  free_bytes(const std::string& path) const override {
    struct statvfs found {};
    if (::statvfs(path.c_str(), &found) != 0)
      return std::nullopt;
    return static_cast<std::uint64_t>(found.f_bavail) * found.f_frsize;
  }

  const char* vfs() const noexcept override {
    return nullptr;
  }
};

} // namespace

const disk_ptr& system_disk() {
  static const disk_ptr the_one = std::make_shared<posix_disk>();
  return the_one;
}

} // namespace holdfast::storage
