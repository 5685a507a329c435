// What is wrong with the command line, the environment or the file.
#pragma once

#include <stdexcept>

namespace holdfast::config {

/// The message names the option, where its value came from and what it may
/// be. It ends the process with the exit code of a usage error.
class config_error : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

} // namespace holdfast::config
