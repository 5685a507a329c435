#include "src/cli/end_signals.hpp"

#include <csignal>
#include <utility>

#include <unistd.h>

namespace holdfast::cli {

namespace {

/// How often it looks whether it is still needed.
constexpr timespec need_poll{0, 5'000'000};

} // namespace

std::jthread on_end_signals(std::function<void()> act) {
  return std::jthread{[act = std::move(act)](const std::stop_token& stop) {
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    while (!stop.stop_requested()) {
      const auto got = sigtimedwait(&ends, nullptr, &need_poll);
      if (got > 0 && stop.stop_requested())
        kill(getpid(), got);
      else if (got > 0)
        act();
    }
  }};
}

} // namespace holdfast::cli
