#include "file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "holdfast/journal.hpp"

namespace holdfast::storage {

namespace {

constexpr mode_t mode = 0644;

/// Calls again what a signal interrupted before it did anything.
template <class F>
auto uninterrupted(F call) {
  auto result = call();
  while (result < 0 && errno == EINTR)
    result = call();
  return result;
}

} // namespace

file::file(const std::string& path, int flags)
    : path_(path), descriptor_(uninterrupted([&] {
        return ::open(path.c_str(), flags | O_CLOEXEC, mode);
      })) {
  if (descriptor_ < 0)
    fail("open");
}

file::~file() {
  ::close(descriptor_);
}

bool is_lack_of_room(int error) noexcept {
  return error == ENOSPC || error == EDQUOT || error == EFBIG;
}

void file::fail(const char* what) const {
  const auto error = errno;
  const auto is_full = is_lack_of_room(error);
  throw journal_error(is_full ? journal_error::kind::full
                              : journal_error::kind::failed,
                      std::string("cannot ") + what + " " + path_ + ": "
                          + std::strerror(error));
}

void file::write_at(std::uint64_t offset, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = uninterrupted([&] {
      return ::pwrite(descriptor_, bytes.data(), bytes.size(),
                      static_cast<off_t>(offset));
    });
    if (count < 0 && errno == EINVAL && is_direct_) {
      set_direct(false);
      continue;
    }
    if (count < 0)
      fail("write");
    offset += static_cast<std::uint64_t>(count);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

std::uint64_t file::size() const {
  struct stat found {};
  if (::fstat(descriptor_, &found) != 0)
    fail("look at");
  return static_cast<std::uint64_t>(found.st_size);
}

void file::check_name() const {
  struct stat opened {};
  if (::fstat(descriptor_, &opened) != 0)
    fail("look at");
  struct stat named {};
  if (::stat(path_.c_str(), &named) != 0 || named.st_dev != opened.st_dev
      || named.st_ino != opened.st_ino)
    throw journal_error(journal_error::kind::failed,
                        path_ + " was removed, or is another file now");
}

void file::truncate() {
  if (uninterrupted([&] { return ::ftruncate(descriptor_, 0); }) != 0)
    fail("truncate");
}

// An interrupted sync is a failed one: the system may have met an error of the
// disk on the way, which it tells only once and forgets for EINTR
// (`file_write_and_wait_range` in mm/filemap.c of Linux). The next one would
// say that all is well.
void file::sync_data() {
  if (::fdatasync(descriptor_) != 0)
    fail("sync");
}

std::string file::read_at(std::uint64_t offset, std::size_t count) const {
  std::string result(count, '\0');
  std::size_t done = 0;
  while (done < count) {
    const auto got = uninterrupted([&] {
      return ::pread(descriptor_, result.data() + done, count - done,
                     static_cast<off_t>(offset + done));
    });
    if (got < 0)
      fail("read");
    if (got == 0)
      break;
    done += static_cast<std::size_t>(got);
  }
  result.resize(done);
  return result;
}

// A file system that cannot do it says so here, or at the first write that is
// not to its taste (larger blocks).
void file::bypass_cache() noexcept {
  set_direct(true);
}

void file::set_direct(bool is_on) noexcept {
  const auto flags = ::fcntl(descriptor_, F_GETFL);
  const auto wanted = is_on ? flags | O_DIRECT : flags & ~O_DIRECT;
  is_direct_ = ::fcntl(descriptor_, F_SETFL, wanted) == 0 && is_on;
}

void file::sync_names() {
  // Some file systems refuse to sync a directory's data alone.
  if (::fsync(descriptor_) != 0)
    fail("sync");
}

} // namespace holdfast::storage
