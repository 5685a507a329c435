// Who measures for hours may be told to come to an end.
#pragma once

#include <atomic>
#include <thread>

namespace holdfast::cli {

/// The first SIGINT or SIGTERM asks for the end; the second ends the process
/// at once, without its scratch directories.
class early_end {
public:
  /// In the first thread, before there are others: only this receives the
  /// signals from now on. A pipe that nobody reads is an error of its writer.
  early_end();

  /// Somebody asked.
  const std::atomic<bool>& is_wanted() const noexcept {
    return is_wanted_;
  }

private:
  void take_signal();

  std::atomic<bool> is_wanted_{false};
  std::jthread waiting_;
};

} // namespace holdfast::cli
