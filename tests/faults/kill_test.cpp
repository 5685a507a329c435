// kill -9 under load, again and again on one data directory.
#include <doctest/doctest.h>

#include <algorithm>
#include <csignal>

#include "tests/faults/campaign.hpp"
#include "tests/support/seed.hpp"

using namespace holdfast;
using namespace holdfast::test;

TEST_CASE("nothing acknowledged is lost when the process is killed") {
  auto random = seeded_engine();
  const auto cycles = count_from_environment("FAULT_CYCLES", 25);
  auto plan = plan_of(random());
  plan.clients = 8;
  campaign trial{plan, on_disk()};
  std::vector<double> ready_ms;
  for (unsigned cycle = 0; cycle < cycles; ++cycle) {
    CAPTURE(cycle);
    trial.start();
    ready_ms.push_back(trial.ready_ms());
    REQUIRE(trial.clients().settle(trial.node().port()));
    trial.run_load(std::chrono::milliseconds{300 + random() % 200});
    trial.node().program().kill();
    trial.clients().stop();
  }
  trial.start();
  ready_ms.push_back(trial.ready_ms());
  trial.finish();
  MESSAGE(cycles << " kills: " << count(trial.clients().calls())
                 << "; slowest start "
                 << *std::max_element(ready_ms.begin(), ready_ms.end())
                 << " ms");
  CHECK(*std::max_element(ready_ms.begin(), ready_ms.end()) < 10'000);
}
