#include "tests/faults/tmpfs.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <sys/mount.h>

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

} // namespace holdfast::test
