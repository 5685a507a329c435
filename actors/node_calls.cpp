#include "actors/node_calls.hpp"

#include <system_error>
#include <thread>
#include <utility>

namespace holdfast {

node_calls::~node_calls() {
  end();
}

bool node_calls::begin(std::function<void()> call) {
  const std::lock_guard guard{mutex_};
  if (is_over_)
    return false;
  try {
    std::thread{[this, call = std::move(call)]() mutable {
      call();
      // What it holds ends before `end` does.
      call = nullptr;
      const std::lock_guard last{mutex_};
      --running_;
      ended_.notify_all();
    }}.detach();
  } catch (const std::system_error&) {
    return false;
  }
  ++running_;
  return true;
}

void node_calls::end() {
  std::unique_lock lock{mutex_};
  is_over_ = true;
  ended_.wait(lock, [this] { return running_ == 0; });
}

} // namespace holdfast
