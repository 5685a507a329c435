#include "src/cli/early_end.hpp"

#include <csignal>
#include <iostream>

#include <unistd.h>

#include "src/cli/commands.hpp"
#include "src/cli/end_signals.hpp"
#include "src/cli/load/scratch_dir.hpp"

namespace holdfast::cli {

early_end::early_end() {
  std::signal(SIGPIPE, SIG_IGN);
  sigset_t ours;
  sigemptyset(&ours);
  sigaddset(&ours, SIGINT);
  sigaddset(&ours, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ours, nullptr);
  waiting_ = on_end_signals([this] { take_signal(); });
}

void early_end::take_signal() {
  if (is_wanted_.exchange(true)) {
    const auto none_is_made = scratch_dir::remove_all();
    _exit(exit_failure);
  }
  std::cerr << "holdfast: ends early, and checks what there is; once more ends "
               "it at once"
            << std::endl;
}

} // namespace holdfast::cli
