// A quota that is used up: SQLite takes it for a broken disk, a node does not.
#include <doctest/doctest.h>

#include <csignal>

#include "tests/faults/campaign.hpp"
#include "tests/faults/strace.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::test;

TEST_CASE("a quota that is used up refuses writes, and reads go on") {
  if (!can_trace())
    return;
  const storage::testing::temp_dir dir{in_memory()};
  node_plan plan{dir.path()};
  const auto data = node_process::data_dir_of(plan);
  // A start writes some thirty times, and a change once or a little more. One
  // that is refused has tried the redo log, and then a commit of the tables.
  plan.wrapper = strace(
      {"pwrite64",
       "error=EDQUOT",
       "100..140",
       {data + "/redo", data + "/journal.db-wal", data + "/journal.db"}});
  node_process node{plan};
  REQUIRE_MESSAGE(node.wait_ready(), node.program().err());
  http_client client{node.port()};
  const std::string record = "/api/inventory/stores/store-1/inventory/A";
  std::size_t taken = 0;
  const auto adjust = [&] {
    const auto status =
        client.ask("POST", record + "/adjust", R"({"delta": 1})").status();
    taken += status == 200 ? 1 : 0;
    return status;
  };
  REQUIRE(wait_until([&] { return adjust() == 503; }));
  CHECK(client.ask("GET", record).status() == 200);
  CHECK(wait_until([&] { return adjust() == 200; }));
  ::kill(holder_of(data), SIGTERM);
  CHECK(node.program().wait(patience) == process_end{0, false});
  CHECK(dump(data).size() == taken);
  CHECK(run_verify(dir.path()).exit_code == 0);
}
