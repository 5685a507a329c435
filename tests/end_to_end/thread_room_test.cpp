// A node that cannot have its threads says so and ends.
#include <doctest/doctest.h>

#include <csignal>

#include <filesystem>
#include <iterator>

#include "tests/end_to_end/run_program.hpp"
#include "tests/support/node_process.hpp"
#include "tests/support/pace.hpp"

using namespace holdfast;

namespace fs = std::filesystem;

namespace {

using flag_list = std::vector<std::string>;

/// One that reads the command, and one that writes the log.
constexpr long threads_before = 2;

/// What a node with `flags` says where 16 stacks fit and it wants more.
std::string refusal_of(const std::string& scratch, const flag_list& flags) {
  flag_list command = {"prlimit",
                       "--stack=1073741824",
                       "--as=17179869184",
                       test::holdfast_program(),
                       "serve",
                       "--port=0",
                       "--data-dir=" + scratch + "/none"};
  command.insert(command.end(), flags.begin(), flags.end());
  const auto end = live::run_program(scratch, std::move(command));
  CHECK(end.code == 1);
  return end.err;
}

long threads_of(pid_t pid) {
  return std::distance(
      fs::directory_iterator{"/proc/" + std::to_string(pid) + "/task"},
      fs::directory_iterator{});
}

void check_told(flag_list flags, long away) {
  const storage::testing::temp_dir scratch;
  flags.insert(flags.end(), {"--actor-threads=3", "--http-threads=16"});
  const auto said = refusal_of(scratch.path(), flags);
  test::node_plan plan;
  plan.directory = scratch.path();
  plan.flags = flags;
  test::node_process node{std::move(plan)};
  REQUIRE_MESSAGE(node.wait_ready(), node.program().err());
  const auto wanted = threads_of(node.program().pid()) - threads_before + away;
  CHECK_MESSAGE(said.starts_with("holdfast: no room for "
                                 + std::to_string(wanted) + " more threads: "),
                said);
  node.program().send(SIGTERM);
  CHECK(node.program().wait(test::patience) == test::process_end{0, false});
}

} // namespace

TEST_CASE("a node without room for its threads ends with how many it wants") {
  // Sanitizers take more of the addresses than any limit leaves.
  if (test::is_sanitized) {
    MESSAGE("SKIPPED: a sanitizer needs its addresses");
    return;
  }
  check_told({}, 0);
  // One more waits for nobody as long as no other node is called.
  check_told({"--node-port=auto"}, 1);
}
