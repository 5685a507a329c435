#include "tests/faults/tmpfs.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

#include <doctest/doctest.h>

namespace holdfast::test {

tmpfs::tmpfs(std::string path, std::size_t bytes) : path_(std::move(path)) {
  std::filesystem::create_directories(path_);
  const auto size = "size=" + std::to_string(bytes);
  is_mounted_ = ::mount("tmpfs", path_.c_str(), "tmpfs", 0, size.c_str()) == 0;
  if (!is_mounted_)
    MESSAGE("SKIPPED: no mount here: " << std::string{std::strerror(errno)});
}

tmpfs::~tmpfs() {
  // A test that failed may leave a process in it.
  if (is_mounted_)
    ::umount2(path_.c_str(), MNT_DETACH);
}

ballast::ballast(std::string path) : path_(std::move(path)) {
  const auto file = ::open(path_.c_str(), O_WRONLY | O_CREAT, 0644);
  REQUIRE(file >= 0);
  // Large pieces first, so that it goes fast; then whatever is left.
  const std::string piece(1 << 20, 'x');
  for (auto size = piece.size(); size > 0; size /= 2)
    while (::write(file, piece.data(), size) > 0)
      continue;
  ::close(file);
}

void ballast::remove() {
  ::unlink(path_.c_str());
}

} // namespace holdfast::test
