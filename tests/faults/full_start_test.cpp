// A disk that is full when a node starts.
#include <doctest/doctest.h>

#include <csignal>

#include "tests/faults/campaign.hpp"
#include "tests/faults/tmpfs.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::test;

namespace {

constexpr auto record = "/api/inventory/stores/store-1/inventory/A";

int ask(const node_process& node, const std::string& path) {
  return http_client{node.port()}.ask("GET", path).status();
}

int adjust(const node_process& node) {
  return http_client{node.port()}
      .ask("POST", std::string{record} + "/adjust", R"({"delta": 9})")
      .status();
}

void stop(node_process& node) {
  node.program().send(SIGTERM);
  CHECK(node.program().wait(patience) == process_end{0, false});
}

} // namespace

TEST_CASE("a node that starts on a full disk reads, and is not ready before "
          "there is room") {
  const storage::testing::temp_dir dir{on_disk()};
  const node_plan plan{dir.path()};
  const tmpfs disk{node_process::data_dir_of(plan), small_disk_bytes};
  if (!disk.is_mounted())
    return;
  {
    node_process node{plan};
    REQUIRE_MESSAGE(node.wait_ready(), node.program().err());
    REQUIRE(adjust(node) == 200);
    stop(node);
  }
  ballast weight{dir.path() + "/data/ballast"};
  node_process node{plan};
  REQUIRE_MESSAGE(node.wait_listening(), node.program().err());
  const auto readiness = [&] {
    return ask(node, "/api/health/readiness");
  };
  // Though nobody writes.
  CHECK(wait_until([&] { return readiness() == 503; }));
  CHECK(wait_until([&] {
    return node.program().err().find("journal_full") != std::string::npos;
  }));
  CHECK(ask(node, record) == 200);
  CHECK(adjust(node) == 503);
  CHECK(ask(node, record) == 200);
  CHECK(readiness() == 503);
  weight.remove();
  CHECK(wait_until([&] { return readiness() == 200; }));
  CHECK(adjust(node) == 200);
  stop(node);
  CHECK(run_verify(dir.path()).exit_code == 0);
}
