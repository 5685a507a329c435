// Files that a command writes.
#pragma once

#include <fstream>
#include <string>

namespace holdfast::cli {

/// The file at `path`, empty and open, or no file for an empty path. Open it
/// before the work whose results it takes. Throws `config_error`, which names
/// `option`, if it cannot be opened.
std::ofstream open_output(const std::string& option, const std::string& path);

} // namespace holdfast::cli
