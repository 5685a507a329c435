// Preloaded into a node: each of its syncs takes as many microseconds longer as
// the variable LATE_SYNC_US says. A tracer would do the same and slow down
// every other call of the node as well.
#include <chrono>
#include <cstdlib>
#include <thread>

#include <dlfcn.h>

namespace {

using sync_function = int (*)(int);

int sync_late(const char* name, int file) {
  static const auto* const given = std::getenv("LATE_SYNC_US");
  static const auto late =
      std::chrono::microseconds{given == nullptr ? 0 : std::atol(given)};
  std::this_thread::sleep_for(late);
  return reinterpret_cast<sync_function>(::dlsym(RTLD_NEXT, name))(file);
}

} // namespace

extern "C" {

int fdatasync(int file) {
  return sync_late("fdatasync", file);
}

int fsync(int file) {
  return sync_late("fsync", file);
}
}
