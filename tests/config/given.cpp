#include "tests/config/given.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace holdfast::config::test {

temporary_file::temporary_file(const std::string& content) {
  std::string name = "/tmp/holdfast-config-XXXXXX";
  const int descriptor = mkstemp(name.data());
  if (descriptor < 0)
    throw std::runtime_error{"cannot make a temporary file"};
  close(descriptor);
  path_ = name;
  std::ofstream{path_} << content;
}

temporary_file::~temporary_file() {
  std::remove(path_.c_str());
}

std::string file_refusal(const std::string& content) {
  const temporary_file file{content};
  auto message = refusal({"serve", "--config", file.path()});
  if (const auto at = message.find(file.path()); at != std::string::npos)
    message.replace(at, file.path().size(), "node.toml");
  return message;
}

} // namespace holdfast::config::test
