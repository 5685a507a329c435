#include "src/cli/commands.hpp"

#include <iostream>

namespace holdfast::cli {

int events(const std::string& data_dir, const config::event_query&) {
  std::cerr << "holdfast: no journal in " << data_dir << '\n';
  return exit_failure;
}

} // namespace holdfast::cli
