// SIGTERM before a node serves.
#include <doctest/doctest.h>

#include <algorithm>
#include <csignal>
#include <filesystem>

#include "src/storage/process_lock.hpp"
#include "tests/storage/temp_dir.hpp"
#include "tests/support/node_process.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::test;

namespace fs = std::filesystem;

namespace {

/// True if `process` is a node by now, and has `path` open.
bool has_open(pid_t process, const fs::path& path) {
  const auto at = fs::path("/proc") / std::to_string(process);
  std::error_code gone;
  if (fs::read_symlink(at / "exe", gone).filename() != "holdfast")
    return false;
  const fs::directory_iterator all{at / "fd", gone};
  return std::any_of(fs::begin(all), fs::end(all), [&](const auto& each) {
    return fs::read_symlink(each.path(), gone) == path;
  });
}

} // namespace

TEST_CASE("a node that waits for another one to start can be stopped") {
  const storage::testing::temp_dir dir;
  node_plan plan;
  plan.directory = dir.path();
  plan.flags = {"--locks-enabled"};
  const auto data = fs::path(dir.path()) / "data";
  fs::create_directories(data);
  for (const auto signal : {SIGTERM, SIGINT}) {
    CAPTURE(signal);
    storage::process_lock opening{(data / "opening").string()};
    REQUIRE(opening.lock(std::chrono::microseconds{0}));
    node_process node{plan};
    REQUIRE(wait_until(
        [&] { return has_open(node.program().pid(), data / "opening"); },
        patience));
    node.program().send(signal);
    CHECK(node.program().wait(patience) == process_end{0, false});
    CHECK(node.program().err().find("told to stop before it served")
          != std::string::npos);
  }
  node_process node{plan};
  CHECK(node.wait_ready());
  node.program().send(SIGTERM);
  CHECK(node.program().wait(patience) == process_end{0, false});
}
