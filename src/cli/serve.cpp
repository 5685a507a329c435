#include <iostream>

#include "src/cli/commands.hpp"
#include "src/cli/greeting.hpp"
#include "src/telemetry/log.hpp"

namespace holdfast::cli {

int serve(const settings& node) {
  const telemetry::log_session log{telemetry::to_log_level(node.log_level)};
  telemetry::log_info("started", {{"host", node.host}, {"port", node.port}});
  std::cout << make_greeting(node, node.port) << std::flush;
  return exit_ok;
}

} // namespace holdfast::cli
