// Five times more work than a node can do.
#include <doctest/doctest.h>

#include <atomic>
#include <csignal>
#include <thread>

#include "tests/benchmarks/load_client.hpp"
#include "tests/benchmarks/report.hpp"
#include "tests/faults/campaign.hpp"
#include "tests/faults/strace.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::test;

namespace {

using namespace std::chrono_literals;

/// The disk decides what the node can do, and is slow enough that one machine
/// can send five times as much.
constexpr auto sync_time = 50ms;
/// Enough to fill what may be at work and what may wait.
const std::vector<std::string> small_queue = {"--concurrency-api=16",
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

bench::load_plan for_seconds(std::uint16_t port, unsigned seconds) {
  bench::load_plan plan;
  plan.port = port;
  plan.warm_up = 0ms;
  plan.span = std::chrono::seconds{seconds};
  return plan;
}

} // namespace

TEST_CASE("a node asked for five times what it can do does what it can") {
  if (!can_trace())
    return;
  const auto seconds = count_from_environment("FAULT_OVERLOAD_S", 5);
  campaign trial{plan_of(1), in_memory()};
  trial.launch(slow_disk(sync_time), small_queue);
  REQUIRE(trial.node().wait_ready());
  const auto port = trial.node().port();
  auto plan = for_seconds(port, seconds);
  plan.connections = 80;
  const auto calm = bench::run_load(plan);
  CHECK(calm.refused_ms.empty());
  const auto peak = static_cast<double>(calm.answered_ms.size()) / seconds;
  plan.connections = 400;
  plan.rate = 5 * peak;
  bench::load_result stormy;
  {
    const watchman health{port};
    stormy = bench::run_load(plan);
    CHECK(health.was_always_served());
  }
  const auto goodput = static_cast<double>(stormy.answered_ms.size()) / seconds;
  REQUIRE(!stormy.refused_ms.empty());
  // How close it stays to its peak is a measurement, told below; that it does
  // not collapse is the promise that a busy machine can check too.
  CHECK(goodput >= 0.2 * peak);
  http_client later{port};
  auto& observer = trial.clients().observer();
  CHECK(wait_until(
      [&] {
        const auto* made =
            observer.ask(later, action::adjust, "store-2", "sku-0", 1);
        return made != nullptr && made->status == 200;
      },
      5s));
  MESSAGE("peak " << peak << "/s; asked for " << plan.rate << "/s: served "
                  << goodput << "/s, p99 "
                  << bench::percentile_of(stormy.answered_ms, 0.99)
                  << " ms; refused "
                  << static_cast<double>(stormy.refused_ms.size()) / seconds
                  << "/s, p99 " << bench::percentile_of(stormy.refused_ms, 0.99)
                  << " ms");
  ::kill(holder_of(trial.data_dir()), SIGTERM);
  CHECK(trial.node().program().wait(30s) == process_end{0, false});
  // What was refused was not done, and what was done was said.
  std::size_t done = 0;
  for (const auto& each : dump(trial.data_dir()))
    done += each.from.store == "store-1" ? 1 : 0;
  CHECK(done == calm.answered_ms.size() + stormy.answered_ms.size());
}
