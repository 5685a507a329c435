#include "src/config/regular_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "src/config/config_error.hpp"

namespace holdfast::config {

namespace {

/// Without waiting for whoever is at the other end, if it has one.
int open_now(const std::string& path) {
  return ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

} // namespace

regular_file::regular_file(const std::string& path, std::string origin)
    : origin_(std::move(origin)), descriptor_(open_now(path)) {
  if (descriptor_ < 0)
    fail(std::strerror(errno));
  const auto why = trouble();
  if (why.empty())
    return;
  // The destructor of what was not constructed will not run.
  ::close(descriptor_);
  fail(why);
}

/// Why it is not to be read; empty if nothing speaks against it.
std::string regular_file::trouble() {
  if (::fstat(descriptor_, &facts_) != 0)
    return std::strerror(errno);
  if (!S_ISREG(facts_.st_mode))
    return "it is no regular file";
  const auto bytes = static_cast<std::size_t>(facts_.st_size);
  return bytes > file_bytes_max ? file_too_large : "";
}

regular_file::~regular_file() {
  ::close(descriptor_);
}

std::string regular_file::read() const {
  std::string text;
  std::array<char, 4096> part;
  for (;;) {
    const auto got = ::read(descriptor_, part.data(), part.size());
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      fail(std::strerror(errno));
    if (got == 0)
      return text;
    text.append(part.data(), static_cast<std::size_t>(got));
    // It may have grown, or be one whose size nobody knows.
    if (text.size() > file_bytes_max)
      fail(file_too_large);
  }
}

void regular_file::fail(const std::string& why) const {
  throw config_error{origin_ + ": cannot be read: " + why};
}

} // namespace holdfast::config
