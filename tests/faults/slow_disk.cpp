#include "tests/faults/slow_disk.hpp"

namespace holdfast::test {

std::vector<std::string> slow_disk(std::chrono::microseconds sync_time) {
  return {"env", "LD_PRELOAD=" LATE_SYNC_LIBRARY,
          "LATE_SYNC_US=" + std::to_string(sync_time.count()),
          // Its library wants to be the first.
          "ASAN_OPTIONS=verify_asan_link_order=0"};
}

} // namespace holdfast::test
