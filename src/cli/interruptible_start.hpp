// Who starts a node may change their mind.
#pragma once

#include <thread>

namespace holdfast::cli {

/// For the time in which a node opens its directory: SIGTERM and SIGINT end the
/// process at once, with code 0. That reads long journals and waits up to a
/// minute for other processes, and may be cut short anywhere, as by a loss of
/// power.
class interruptible_start {
public:
  /// Both are blocked in all threads.
  interruptible_start();

private:
  std::jthread waiting_;
};

} // namespace holdfast::cli
