// A node whose wall clock is wrong.
#pragma once

#include <cstdlib>
#include <ctime>
#include <fstream>

#include <doctest/doctest.h>

#include "src/history/time_text.hpp"
#include "tests/support/node_process.hpp"
#include "tests/support/wait.hpp"

namespace holdfast::test {

/// The wall clock of a node, wrong by what it is set to.
class wall_clock {
public:
  explicit wall_clock(const std::string& directory)
      : path_(directory + "/step") {
    step(std::chrono::seconds{0});
  }
  void step(std::chrono::seconds off) {
    const std::int64_t number = off.count();
    // Written over, not anew: the node has it mapped.
    std::fstream file{path_, std::ios::in | std::ios::out | std::ios::binary};
    if (!file)
      file.open(path_, std::ios::out | std::ios::binary);
    file.write(reinterpret_cast<const char*>(&number), sizeof number);
  }
  std::vector<std::string> wrapper() const {
    return {"env", "LD_PRELOAD=" STEP_CLOCK_LIBRARY, "STEP_CLOCK_FILE=" + path_,
            // Its library wants to be the first.
            "ASAN_OPTIONS=verify_asan_link_order=0"};
  }

private:
  std::string path_;
};

/// The newest line of a node's log is dated `off` from now.
inline bool is_dated(const std::string& log, std::chrono::seconds off) {
  const auto at = log.rfind(R"("time":")");
  if (at == std::string::npos)
    return false;
  const auto said = history::time_named(log.substr(at + 8, 24));
  const auto wrong = said.value_or(0) / 1'000 - std::time(nullptr);
  return std::abs(wrong - off.count()) < 60;
}

/// Soon, if not yet.
inline void check_dated(node_process& node, std::chrono::seconds off) {
  const auto has_line = [&] {
    return is_dated(node.program().err(), off);
  };
  CHECK_MESSAGE(wait_until(has_line), node.program().err());
}

} // namespace holdfast::test
