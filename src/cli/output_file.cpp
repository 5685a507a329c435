#include "src/cli/output_file.hpp"

#include <cerrno>
#include <cstring>

#include "src/config/config_error.hpp"

namespace holdfast::cli {

std::ofstream open_output(const std::string& option, const std::string& path) {
  std::ofstream made;
  if (path.empty())
    return made;
  made.open(path, std::ios::trunc);
  if (!made)
    throw config::config_error{option + ": cannot write " + path + ": "
                               + std::strerror(errno)};
  return made;
}

} // namespace holdfast::cli
