// Who starts a node may change their mind.
#pragma once

#include <thread>

#include <signal.h>

namespace holdfast::cli {

/// While a node opens its directory. While it lives SIGTERM and SIGINT end the
/// process at once, with code 0: a start reads long journals and waits up to a
/// minute for other processes, and may be cut short anywhere, as by a loss of
/// power. What comes at its very end is left to whoever takes signals next.
class interruptible_start {
public:
  /// Both are blocked in all threads.
  interruptible_start();

private:
  std::jthread waiting_;
};

} // namespace holdfast::cli
