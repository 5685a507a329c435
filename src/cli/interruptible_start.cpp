#include "src/cli/interruptible_start.hpp"

#include <iostream>

#include <unistd.h>

#include "src/cli/commands.hpp"
#include "src/cli/end_soon.hpp"

namespace holdfast::cli {

namespace {

/// How often it looks whether it is still needed: a start waits that long.
constexpr timespec serving_poll{0, 5'000'000};

} // namespace

interruptible_start::interruptible_start()
    : waiting_([](const std::stop_token& stop) {
        sigset_t ends;
        sigemptyset(&ends);
        sigaddset(&ends, SIGINT);
        sigaddset(&ends, SIGTERM);
        while (!stop.stop_requested()) {
          const auto got = sigtimedwait(&ends, nullptr, &serving_poll);
          if (got <= 0)
            continue;
          if (stop.stop_requested()) {
            kill(getpid(), got);
            return;
          }
          end_soon(exit_ok);
          std::cerr << "holdfast: told to stop before it served" << std::endl;
          _exit(exit_ok);
        }
      }) {
  // nop
}

} // namespace holdfast::cli
