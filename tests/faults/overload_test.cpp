// Five times more work than a node can do.
#include <doctest/doctest.h>

#include <atomic>
#include <csignal>
#include <thread>

#include "tests/benchmarks/load_client.hpp"
#include "tests/benchmarks/report.hpp"
#include "tests/faults/campaign.hpp"
#include "tests/faults/slow_disk.hpp"
#include "tests/support/figures.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::test;

namespace {

using namespace std::chrono_literals;

/// The disk decides what the node can do, and is slow enough that one machine
/// can send five times as much.
constexpr auto sync_time = 50ms;
/// Enough to fill what may be at work and what may wait.
const std::vector<std::string> short_queue = {"--concurrency-api=16",
                                              "--load-shed-queue-max=64"};

/// Asks for health until it is destroyed.
class watchman {
public:
  explicit watchman(std::uint16_t port)
      : thread_([this, port] {
          http_client to{port};
          while (!is_over_) {
            ++asked_;
            served_ +=
                to.ask("GET", "/api/health/readiness").status() == 200 ? 1 : 0;
            std::this_thread::sleep_for(5ms);
          }
        }) {
    // nop
  }
  ~watchman() {
    is_over_ = true;
    thread_.join();
  }
  bool was_always_served() const {
    return asked_ > 0 && served_ + 1 >= asked_;
  }

private:
  std::atomic<unsigned> asked_{0};
  std::atomic<unsigned> served_{0};
  std::atomic<bool> is_over_{false};
  std::thread thread_;
};

/// Calm and storm take turns, so that whatever else the machine does meets
/// both of them.
constexpr unsigned rounds = 4;
constexpr double overload = 5;

/// What came of one kind of weather.
struct weather {
  std::vector<double> answered_ms;
  std::vector<double> refused_ms;
  std::size_t late = 0;

  void add(const bench::load_result& more) {
    late += more.late;
    answered_ms.insert(answered_ms.end(), more.answered_ms.begin(),
                       more.answered_ms.end());
    refused_ms.insert(refused_ms.end(), more.refused_ms.begin(),
                      more.refused_ms.end());
  }
};

bench::load_plan calm_plan(std::uint16_t port, unsigned seconds) {
  bench::load_plan plan;
  plan.port = port;
  plan.connections = 80;
  plan.warm_up = 0ms;
  plan.may_be_late = true;
  plan.span = 1'000ms * seconds / rounds;
  return plan;
}

/// Asks for five times what was served in a calm as long as this.
bench::load_result storm_after(const bench::load_result& calm,
                               bench::load_plan plan) {
  const std::chrono::duration<double> span = plan.span;
  plan.connections = 400;
  plan.rate =
      overload * static_cast<double>(calm.answered_ms.size()) / span.count();
  const watchman health{plan.port};
  auto result = bench::run_load(plan);
  CHECK(health.was_always_served());
  return result;
}

} // namespace

TEST_CASE("a node asked for five times what it can do does what it can") {
  const auto seconds = count_from_environment("FAULT_OVERLOAD_S", 8);
  campaign trial{plan_of(1), in_memory()};
  trial.launch(slow_disk(sync_time), short_queue);
  REQUIRE(trial.node().wait_ready());
  const auto plan = calm_plan(trial.node().port(), seconds);
  weather calm;
  weather storm;
  for (unsigned round = 0; round < rounds; ++round) {
    const auto peak = bench::run_load(plan);
    CHECK((peak.refused_ms.empty() || peak.late > 0));
    calm.add(peak);
    storm.add(storm_after(peak, plan));
  }
  REQUIRE(!storm.refused_ms.empty());
  REQUIRE(!calm.answered_ms.empty());
  const auto goodput = static_cast<double>(storm.answered_ms.size())
                       / static_cast<double>(calm.answered_ms.size());
  const auto refusal_ms = bench::percentile_of(storm.refused_ms, 0.99);
  CHECK(!storm.answered_ms.empty());
  const auto begin = std::chrono::steady_clock::now();
  http_client later{plan.port};
  auto& observer = trial.clients().observer();
  CHECK(wait_until([&] {
    const auto* made =
        observer.ask(later, action::adjust, "store-2", "sku-0", 1);
    return made != nullptr && made->status == 200;
  }));
  const std::chrono::duration<double> normal =
      std::chrono::steady_clock::now() - begin;
  tell("5 x overload, open loop", 1,
       {{"seconds_of_overload", seconds},
        {"least_goodput_of_peak", goodput},
        {"most_refused_per_served",
         static_cast<double>(storm.refused_ms.size())
             / static_cast<double>(storm.answered_ms.size())},
        {"slowest_refusal_p99_ms", refusal_ms},
        {"slowest_normal_s", normal.count()}});
  trial.node().program().send(SIGTERM);
  CHECK(trial.node().program().wait(patience) == process_end{0, false});
  // What was refused was not done, and what was done was said.
  std::size_t done = 0;
  for (const auto& each : dump(trial.data_dir()))
    done += each.from.store == "store-1" ? 1 : 0;
  const auto told = calm.answered_ms.size() + storm.answered_ms.size();
  CHECK(done >= told);
  CHECK(done <= told + calm.late + storm.late);
}
