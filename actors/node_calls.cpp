#include "actors/node_calls.hpp"

#include <system_error>
#include <utility>

namespace holdfast {

node_calls::~node_calls() {
  end();
}

/// Their threads have nothing left to do, so that takes no time.
void node_calls::join_ended() {
  std::erase_if(all_, [](auto& each) {
    if (!each.has_ended)
      return false;
    each.thread.join();
    return true;
  });
}

bool node_calls::begin(std::function<void()> call) {
  const std::lock_guard guard{mutex_};
  if (is_over_)
    return false;
  join_ended();
  auto& made = all_.emplace_back();
  try {
    made.thread = std::thread{[&made, call = std::move(call)] {
      call();
      made.has_ended = true;
    }};
  } catch (const std::system_error&) {
    all_.pop_back();
    return false;
  }
  return true;
}

void node_calls::end() {
  std::list<under_way> last;
  {
    const std::lock_guard guard{mutex_};
    is_over_ = true;
    last.swap(all_);
  }
  for (auto& each : last)
    each.thread.join();
}

} // namespace holdfast
