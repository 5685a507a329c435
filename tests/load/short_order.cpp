#include "tests/load/short_order.hpp"

#include <cstdlib>

namespace holdfast::test {

config::load_order short_order(const std::string& workload) {
  const auto* seconds = std::getenv("LOAD_SECONDS");
  config::load_order made;
  made.workload = workload;
  made.clients = 8;
  made.skus = 20;
  made.seconds =
      seconds != nullptr ? static_cast<unsigned>(std::stoul(seconds)) : 1;
  made.warm_up = 0;
  made.rate = 5'000;
  return made;
}

} // namespace holdfast::test
