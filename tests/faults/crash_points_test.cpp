// SIGKILL just before every write and every sync, one after the other.
#include <doctest/doctest.h>

#include <csignal>

#include "tests/faults/campaign.hpp"
#include "tests/faults/strace.hpp"
#include "tests/support/figures.hpp"
#include "tests/support/seed.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::test;

namespace {

using namespace std::chrono_literals;

/// Of each client, in a life that is to end by itself.
constexpr std::size_t short_life = 15;

/// Lets the clients ask, and if they are done before the node is dead, ends
/// it in order.
void live(campaign& trial) {
  trial.clients().start(trial.node().port());
  auto& program = trial.node().program();
  wait_until(
      [&] { return trial.clients().is_idle() || !program.is_running(); });
  if (!program.is_running())
    return;
  ::kill(holder_of(trial.data_dir()), SIGTERM);
  program.wait(patience);
}

/// One life that ends before call number `point`, and the life after it.
/// False if it did not get that far.
bool die_at(unsigned point, const std::string& calls, std::uint64_t seed,
            bool is_short) {
  auto plan = plan_of(seed);
  plan.clients = 3;
  plan.requests_max = is_short ? short_life : 0;
  campaign trial{plan, in_memory()};
  trial.launch(strace({calls, "signal=KILL", std::to_string(point),
                       journal_paths(trial.data_dir())}));
  if (trial.node().wait_ready())
    live(trial);
  const auto end = trial.node().program().wait(0ms);
  const auto has_died = end && !end->is_exit(0);
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
  const auto all = points == 0;
  unsigned died = 0;
  for (unsigned point = 1; all || point <= points; ++point) {
    CAPTURE(point);
    if (die_at(point, calls, random(), all))
      ++died;
    else if (all)
      break;
  }
  tell("SIGKILL at every Nth write, fsync, rename", died, {});
  CHECK(died > 0);
  CHECK((all || died == points));
}

} // namespace

TEST_CASE("a kill before any of the first writes loses nothing") {
  die_everywhere(write_calls);
}

TEST_CASE("a kill before any of the first syncs loses nothing") {
  die_everywhere(sync_calls);
}
