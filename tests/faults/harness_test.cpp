// What the other cases here stand on.
#include <doctest/doctest.h>

#include <csignal>
#include <cstdlib>

#include "tests/storage/temp_dir.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/node_process.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast::test;
using namespace std::chrono_literals;
using holdfast::storage::testing::temp_dir;

namespace {

process_plan shell(const temp_dir& in, const std::string& script) {
  return {{"sh", "-c", script}, {"WORD=said"}, in / "out", in / "err"};
}

} // namespace

TEST_CASE("a process tells its outputs and its exit code") {
  temp_dir dir;
  process child{shell(dir, "echo $WORD; echo more >&2; exit 3")};
  CHECK(child.wait_for_line("sa", patience) == "said");
  CHECK(child.wait(patience) == process_end{3, false});
  CHECK(child.out() == "said\n");
  CHECK(child.err() == "more\n");
  CHECK_FALSE(child.wait_for_line("more", patience));
}

TEST_CASE("a process takes no options from whoever runs the tests") {
  temp_dir dir;
  ::setenv("API_KEYS_FILE", "/no/such", 1);
  process child{shell(dir, "echo ${API_KEYS_FILE-none} ${PATH:+found}")};
  ::unsetenv("API_KEYS_FILE");
  CHECK(child.wait_for_line("", patience) == "none found");
}

TEST_CASE("a process can be killed with all that it started") {
  temp_dir dir;
  process child{shell(dir, "sleep 60 & echo $!; wait")};
  const auto grandchild = child.wait_for_line("", patience);
  REQUIRE(grandchild);
  CHECK_FALSE(child.wait(1ms));
  child.kill();
  CHECK(child.wait(0ms) == process_end{SIGKILL, true});
  const auto pid = static_cast<pid_t>(std::stol(*grandchild));
  const auto state_path = "/proc/" + std::to_string(pid) + "/stat";
  // Gone, or a zombie that nobody waits for.
  CHECK(wait_until([&] {
    const auto state = read_text(state_path);
    return state.empty() || state.find(") Z") != std::string::npos;
  }));
}

TEST_CASE("a program that does not exist ends with 127") {
  temp_dir dir;
  CHECK(run({{"/no/such/program"}, {}, dir / "out", dir / "err"}, patience)
        == process_end{127, false});
}

TEST_CASE("a node becomes ready, answers and ends when it is told to") {
  temp_dir dir;
  node_process node{{dir.path()}};
  REQUIRE_MESSAGE(node.wait_ready(), node.program().err());
  http_client client{node.port()};
  const std::string record = "/api/inventory/stores/store-2/inventory/A";
  const auto adjusted =
      client.ask("POST", record + "/adjust", R"({"delta": 5})",
                 {{"Idempotency-Key", "k"}});
  CHECK(adjusted.status() == 200);
  CHECK(adjusted.response.field("ETag") == "\"1\"");
  CHECK(client.ask("GET", record).status() == 200);
  node.program().send(SIGTERM);
  CHECK(node.program().wait(patience) == process_end{0, false});
  CHECK(client.ask("GET", record).is != http_result::fate::answered);
  CHECK(client.ask("GET", record).is == http_result::fate::not_sent);
}
