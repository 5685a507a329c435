// A log whose reader is stuck: nobody waits for it, at the end least of all.
#include <doctest/doctest.h>

#include <csignal>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/end_to_end/caller.hpp"
#include "tests/storage/temp_dir.hpp"
#include "tests/support/node_process.hpp"

using namespace holdfast;
using namespace holdfast::live;

namespace {

/// A node that logs into a pipe which is full by now.
struct stuck_log_fixture {
  stuck_log_fixture() {
    const auto pipe = directory / "err";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    reader = ::open(pipe.c_str(), O_RDWR);
    REQUIRE(reader >= 0);
    test::node_plan plan;
    plan.directory = directory.path();
    plan.flags = {"--log-level=debug"};
    node = std::make_unique<test::node_process>(std::move(plan));
    REQUIRE(node->wait_ready());
    caller client{node->port()};
    // A line each, several hundred bytes long.
    for (int i = 0; i < 600; ++i)
      CHECK(client.ask(post(record_path("a") + "/adjust", R"({"delta":1})"))
                .status
            == 200);
  }
  ~stuck_log_fixture() {
    ::close(reader);
  }

  storage::testing::temp_dir directory;
  int reader = -1;
  std::unique_ptr<test::node_process> node;
};

} // namespace

TEST_CASE_FIXTURE(stuck_log_fixture,
                  "a log that nobody reads keeps no node from ending") {
  node->program().send(SIGTERM);
  const auto end = node->program().wait(test::patience);
  REQUIRE(end);
  CHECK(end->is_exit(0));
  CHECK(test::run_verify(directory.path()).exit_code == 0);
}
