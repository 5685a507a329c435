// kill -9 under load, again and again on one data directory.
#include <doctest/doctest.h>

#include <algorithm>
#include <csignal>
#include <set>

#include "tests/faults/campaign.hpp"
#include "tests/support/adjust_rows.hpp"
#include "tests/support/figures.hpp"
#include "tests/support/pace.hpp"
#include "tests/support/seed.hpp"

using namespace holdfast;
using namespace holdfast::test;

namespace {

/// Events that are there before the first kill.
constexpr std::size_t old_events = 100'000;
constexpr std::size_t old_skus = 1'000;
/// How many kinds of them there are.
constexpr std::size_t event_types = 7;
constexpr double ready_ms_max = 2'000 * leniency;

/// What the clients of the events in a filled journal would remember: one
/// caller, long before all others.
std::vector<call> remember(const std::vector<event>& events) {
  std::vector<call> made;
  made.reserve(events.size());
  std::int64_t now_ns = 0;
  for (const auto& change : events) {
    call& one = made.emplace_back();
    one.status = 200;
    one.seen.client = 1'000;
    one.seen.ask.from = change.from;
    one.seen.ask.amount = change.delta;
    one.seen.called_ns = ++now_ns;
    one.seen.returned_ns = ++now_ns;
    one.seen.known = true;
    one.seen.answer = outcome_of(change);
  }
  return made;
}

} // namespace

TEST_CASE("nothing acknowledged is lost when the process is killed") {
  auto random = seeded_engine();
  const auto cycles = count_from_environment("FAULT_CYCLES", 25);
  auto plan = plan_of(random());
  plan.clients = 8;
  campaign trial{plan, on_disk()};
  std::filesystem::create_directories(trial.data_dir());
  fill_journal(trial.data_dir(), old_skus, old_events);
  trial.remember(remember(dump(trial.data_dir())));
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
  const auto slowest = *std::max_element(ready_ms.begin(), ready_ms.end());
  const auto sum = count(trial.clients().calls());
  tell("kill -9 under load", cycles,
       {{"least_acknowledged", sum.acknowledged},
        {"unknown", sum.unknown},
        {"slowest_ready_ms", slowest}});
  CHECK(slowest <= ready_ms_max);
  // Whatever can happen to stock did.
  std::set<event_type> seen;
  for (const auto& change : dump(trial.data_dir()))
    seen.insert(change.type);
  CHECK(seen.size() == event_types);
}
