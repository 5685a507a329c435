#include "src/cli/end_soon.hpp"

#include <chrono>
#include <thread>

#include <unistd.h>

namespace holdfast::cli {

void end_soon(int code) {
  std::thread{[code] {
    std::this_thread::sleep_for(std::chrono::milliseconds{500});
    _exit(code);
  }}.detach();
}

} // namespace holdfast::cli
