// Threads for calls to other nodes.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>

namespace holdfast {

/// Runs calls side by side, each on a thread of its own for as long as it
/// takes: a look-up of a name blocks, and nothing ends it early. How many there
/// are is for the caller to bound. Thread-safe.
class node_calls {
public:
  node_calls() = default;
  node_calls(const node_calls&) = delete;
  node_calls& operator=(const node_calls&) = delete;
  ~node_calls();

  /// Begins `call`, which must not throw. False if it did not: the system has
  /// no thread left, or `end` came before.
  bool begin(std::function<void()> call);
  /// Waits for those under way; no other begins.
  void end();

private:
  std::mutex mutex_;
  std::condition_variable ended_;
  std::size_t running_ = 0;
  bool is_over_ = false;
};

} // namespace holdfast
