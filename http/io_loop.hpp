// The io_context of one thread.
#pragma once

#include <future>

#include <asio/io_context.hpp>
#include <asio/post.hpp>

namespace holdfast::http {

/// An io_context that lets go of its connections before its own end.
class io_loop : public asio::io_context {
public:
  using asio::io_context::io_context;

  /// Once nothing runs any more.
  void drop_connections() {
    shutdown();
  }
};

/// Runs `task` on the thread of `io`, which must not be the caller's, and
/// waits for it.
template <class Task>
void run_on(asio::io_context& io, Task task) {
  std::promise<void> done;
  asio::post(io, [&] {
    task();
    done.set_value();
  });
  done.get_future().wait();
}

/// Waits until what is ready now is done, and what follows from that at once:
/// more turns than there are from an accepted connection to its answer.
inline void settle(asio::io_context& io) {
  for (int turn = 0; turn < 16; ++turn)
    run_on(io, [] {});
}

} // namespace holdfast::http
