#include "process_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <cstring>
#include <thread>

#include "holdfast/journal.hpp"

namespace holdfast::storage {

namespace {

using clock = std::chrono::steady_clock;

/// A transaction takes a few milliseconds: who looks this often gets the lock
/// soon after it is free, at a small cost.
constexpr std::chrono::microseconds pause{300};

} // namespace

bool try_for(std::chrono::microseconds patience,
             const std::function<bool()>& attempt) {
  const auto until = clock::now() + patience;
  while (!attempt()) {
    if (clock::now() >= until)
      return false;
    std::this_thread::sleep_for(pause);
  }
  return true;
}

process_lock::process_lock(const std::string& path)
    : file_(path, O_RDWR | O_CREAT) {
  // nop
}

bool process_lock::lock(std::chrono::microseconds patience) {
  is_locked_ = try_for(patience, [this] {
    if (::flock(file_.descriptor(), LOCK_EX | LOCK_NB) == 0)
      return true;
    if (errno != EWOULDBLOCK && errno != EINTR)
      throw journal_error(journal_error::kind::failed,
                          std::string("cannot lock: ") + std::strerror(errno));
    return false;
  });
  return is_locked_;
}

void process_lock::unlock() noexcept {
  if (std::exchange(is_locked_, false))
    ::flock(file_.descriptor(), LOCK_UN);
}

} // namespace holdfast::storage
