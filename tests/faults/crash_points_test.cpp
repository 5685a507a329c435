// SIGKILL just before every write and every sync, one after the other.
#include <doctest/doctest.h>

#include "tests/faults/campaign.hpp"
#include "tests/faults/strace.hpp"
#include "tests/support/seed.hpp"

using namespace holdfast;
using namespace holdfast::test;

namespace {

using namespace std::chrono_literals;

/// Long enough for the load to reach any of the points, even if traced.
constexpr auto load_time = 5s;

/// One life that ends before call number `point`, and the life after it.
/// False if the load did not get that far.
bool die_at(unsigned point, const std::string& calls, std::uint64_t seed) {
  auto plan = plan_of(seed);
  plan.clients = 3;
  campaign trial{plan, in_memory()};
  trial.launch(strace({calls, "signal=KILL", std::to_string(point),
                       journal_paths(trial.data_dir())}));
  if (trial.node().wait_ready())
    trial.run_load(load_time);
  const auto has_died = !trial.node().program().is_running();
  trial.node().program().kill();
  trial.clients().stop();
  trial.start();
  trial.finish();
  return has_died;
}

void die_everywhere(const std::string& calls) {
  if (!can_trace())
    return;
  auto random = seeded_engine();
  const auto points = count_from_environment("FAULT_POINTS", 60);
  unsigned died = 0;
  for (unsigned point = 1; point <= points; ++point) {
    CAPTURE(point);
    if (die_at(point, calls, random()))
      ++died;
  }
  MESSAGE(died << " of " << points << " points of " << calls << " killed");
  CHECK(died == points);
}

} // namespace

TEST_CASE("a kill before any of the first writes loses nothing") {
  die_everywhere(write_calls);
}

TEST_CASE("a kill before any of the first syncs loses nothing") {
  die_everywhere(sync_calls);
}
