// The log of a piece of work, line by line.
#pragma once

#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include <unistd.h>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "src/telemetry/log.hpp"
#include "tests/storage/temp_dir.hpp"

namespace holdfast::test {

/// Sends standard error to a file for its lifetime.
class capture {
public:
  explicit capture(const std::string& path) : saved_(dup(STDERR_FILENO)) {
    std::fflush(stderr);
    CHECK(std::freopen(path.c_str(), "w", stderr) != nullptr);
  }
  capture(const capture&) = delete;
  capture& operator=(const capture&) = delete;

  ~capture() {
    std::fflush(stderr);
    dup2(saved_, STDERR_FILENO);
    close(saved_);
  }

private:
  int saved_;
};

/// The lines that `work` logs at `least` or above.
template <class Work>
std::vector<nlohmann::json> logged(telemetry::log_level least, Work work) {
  const storage::testing::temp_dir directory;
  const auto path = directory.path() + "/log";
  {
    const capture to{path};
    const telemetry::log_session session{least};
    work();
  }
  std::ifstream read{path};
  std::vector<nlohmann::json> lines;
  for (std::string line; std::getline(read, line);)
    lines.push_back(nlohmann::json::parse(line));
  return lines;
}

} // namespace holdfast::test
