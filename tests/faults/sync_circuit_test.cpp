// The breaker of rounds in a real node whose ledger cannot be read for a while.
#include <doctest/doctest.h>

#include <csignal>

#include "tests/faults/campaign.hpp"
#include "tests/faults/mediator_page.hpp"
#include "tests/faults/strace.hpp"

using namespace holdfast;
using namespace holdfast::test;

TEST_CASE("a ledger that cannot be read opens the circuit of rounds") {
  if (!can_trace())
    return;
  campaign trial{plan_of(1), in_memory()};
  // Each round reads the mark, and after the start nobody else does.
  trial.launch(strace({"pread64",
                       "error=EIO",
                       "60..90",
                       {trial.data_dir() + "/high-water"}}),
               {"--breaker-threshold=0.5", "--breaker-cooldown-ms=500",
                "--sync-interval-ms=100", "--retry-base-ms=10"});
  REQUIRE_MESSAGE(trial.node().wait_ready(), trial.node().program().err());
  const auto port = trial.node().port();
  const auto circuit = [&] {
    return mediator_of(port, "circuitBreakers", "sync");
  };
  const auto ask_round = [&] {
    return http_client{port}.ask("POST", "/api/sync");
  };
  CHECK(wait_until([&] {
    const auto got = ask_round();
    return got.status() == 503 && body_of(got)["code"] == "circuit_open"
           && !got.response.field("Retry-After").empty();
  }));
  CHECK(circuit()["opened"] > 0);
  const auto write = http_client{port}.ask(
      "POST", "/api/inventory/stores/store-1/inventory/A/adjust",
      R"({"delta":1})");
  CHECK(write.status() == 200);
  CHECK(wait_until([&] { return circuit()["state"] == "closed"; }));
  // Those of the timer, too.
  CHECK(circuit()["refused"] > 1);
  CHECK(body_of(ask_round())["failedStores"].empty());
  ::kill(holder_of(trial.data_dir()), SIGTERM);
  CHECK(trial.node().program().wait(patience) == process_end{0, false});
}
