#include "src/cli/interruptible_start.hpp"

#include <iostream>

#include <unistd.h>

#include "src/cli/commands.hpp"
#include "src/cli/end_signals.hpp"
#include "src/cli/end_soon.hpp"

namespace holdfast::cli {

interruptible_start::interruptible_start()
    : waiting_(on_end_signals([] {
        end_soon(exit_ok);
        std::cerr << "holdfast: told to stop before it served" << std::endl;
        _exit(exit_ok);
      })) {
  // nop
}

} // namespace holdfast::cli
