// The command line: subcommands, their flags, help.
#pragma once

#include <string>
#include <vector>

#include "src/config/invocation.hpp"
#include "src/config/resolve.hpp"

namespace holdfast::config {

/// The variables of this process.
std::optional<std::string> process_variable(const std::string& name);

/// Judges the arguments (without the program's name) and gathers the settings.
/// Throws config_error for anything that is not as it must be, and for a node
/// that would listen beyond loopback without `insecure`.
invocation read_command_line(std::vector<std::string> arguments,
                             const environment& variable);

} // namespace holdfast::config
