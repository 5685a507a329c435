// Syncs that take 20 to 1,000 ms longer than they should.
#include <doctest/doctest.h>

#include <csignal>
#include <fstream>

#include "tests/benchmarks/load_client.hpp"
#include "tests/benchmarks/report.hpp"
#include "tests/faults/campaign.hpp"
#include "tests/faults/slow_disk.hpp"
#include "tests/support/figures.hpp"
#include "tests/support/pace.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::test;

namespace {

using namespace std::chrono_literals;
using milliseconds = std::chrono::milliseconds;

/// As many may be at work as wait for their turn.
constexpr std::size_t permits = 64;
const std::vector<std::string> small_queue = {
    "--concurrency-api=" + std::to_string(permits),
    "--load-shed-queue-max=" + std::to_string(permits)};
/// Many times what a slow one of these disks takes in a second.
constexpr double storm_rate = 1'500;
constexpr milliseconds slow{200};
constexpr double growth_mb_max = 50;

/// A number of /proc/PID/status in MB.
double status_mb(pid_t pid, const std::string& name) {
  std::ifstream lines{"/proc/" + std::to_string(pid) + "/status"};
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with(name + ":"))
      return std::stod(line.substr(name.size() + 1)) / 1024;
  return 0;
}

/// Long enough to see a disk sync many times.
milliseconds span_of(milliseconds delay) {
  return std::max<milliseconds>(2s, 8 * delay);
}

bench::load_plan load_of(std::uint16_t port, milliseconds delay) {
  bench::load_plan plan;
  plan.port = port;
  plan.connections = permits;
  plan.skus = permits;
  plan.warm_up = 0ms;
  plan.may_be_late = true;
  plan.span = span_of(delay);
  return plan;
}

void serve_late(milliseconds delay) {
  CAPTURE(delay.count());
  campaign trial{plan_of(1), in_memory()};
  trial.launch(slow_disk(delay), small_queue);
  REQUIRE(trial.node().wait_ready());
  auto& program = trial.node().program();
  const auto before_mb = status_mb(program.pid(), "VmRSS");
  auto plan = load_of(trial.node().port(), delay);
  // As many as may be at work: nobody is refused. First, each SKU comes up.
  const auto first = bench::run_load(plan);
  const auto calm = bench::run_load(plan);
  const auto late = first.late + calm.late;
  CHECK((calm.refused_ms.empty() || late > 0));
  REQUIRE(!calm.answered_ms.empty());
  const auto p99_ms = bench::percentile_of(calm.answered_ms, 0.99);
  const auto delays = p99_ms / static_cast<double>(delay.count());
  // More than can be taken: who is not let in is told at once.
  plan.connections = 4 * permits;
  plan.rate = storm_rate;
  const auto storm = bench::run_load(plan);
  CHECK((!storm.refused_ms.empty() || delay < slow));
  const auto refusal_ms = storm.refused_ms.empty()
                              ? 0
                              : bench::percentile_of(storm.refused_ms, 0.99);
  // Neither is bound to the speed of the processor, only to that of the disk:
  // refusals wait for no sync, and answers for few.
  if (delay >= slow) {
    CHECK(delays <= 3 * slowdown);
    CHECK(refusal_ms < static_cast<double>(delay.count()));
  }
  const auto growth_mb = status_mb(program.pid(), "VmHWM") - before_mb;
  CHECK((is_sanitized || growth_mb <= growth_mb_max));
  tell("fsync + 20 / 200 / 1,000 ms", 1,
       {{"slowest_p99_in_delays", delays},
        {"slowest_refusal_p99_ms", refusal_ms},
        {"most_growth_mb", growth_mb}});
  program.send(SIGTERM);
  CHECK(program.wait(patience) == process_end{0, false});
  const auto done = dump(trial.data_dir()).size();
  const auto told = first.answered_ms.size() + calm.answered_ms.size()
                    + storm.answered_ms.size();
  CHECK(done >= told);
  CHECK(done <= told + late + storm.late);
  CHECK(run_verify(trial.directory()).exit_code == 0);
}

} // namespace

TEST_CASE("late syncs make answers late, cost little room and lose nothing") {
  for (const auto delay : {20ms, 200ms, 1'000ms})
    serve_late(delay);
}
