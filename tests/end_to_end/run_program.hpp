// Programs that run to their end.
#pragma once

#include <string>
#include <vector>

#include "tests/storage/temp_dir.hpp"

namespace holdfast::live {

/// How a program ended and what it wrote.
struct program_end {
  /// -1 if it did not end.
  int code = -1;
  std::string out;
  std::string err;
};

/// Runs `command` with outputs below `directory`.
program_end run_program(const std::string& directory,
                        std::vector<std::string> command,
                        std::vector<std::string> environment = {});

} // namespace holdfast::live
