#include "src/cli/commands.hpp"

#include <iostream>

namespace holdfast::cli {

int verify(const std::string& data_dir) {
  std::cerr << "holdfast: no journal in " << data_dir << '\n';
  return exit_failure;
}

} // namespace holdfast::cli
