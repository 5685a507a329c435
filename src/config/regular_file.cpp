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
  const auto is_known = ::fstat(descriptor_, &facts_) == 0;
  if (is_known && S_ISREG(facts_.st_mode))
    return;
  const auto error = errno;
  // The destructor of what was not constructed will not run.
  ::close(descriptor_);
  fail(is_known ? "it is no regular file" : std::strerror(error));
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
  }
}

void regular_file::fail(const std::string& why) const {
  throw config_error{origin_ + ": cannot be read: " + why};
}

} // namespace holdfast::config
