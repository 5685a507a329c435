// A wall clock that jumps: dates are wrong then, durations are not.
#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>

#include "tests/faults/campaign.hpp"
#include "tests/faults/wall_clock.hpp"
#include "tests/support/figures.hpp"
#include "tests/support/seed.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::test;

namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;
using std::chrono::seconds;

constexpr seconds steps[] = {1h, -1h, 24h, -24h};
constexpr double tolerance_s = 1;

/// A hold on a node whose clock jumps.
class hold_trial {
public:
  explicit hold_trial(seconds off)
      : off_(off), dir_(in_memory()), wall_(dir_.path()) {
    start();
    http_client client{node_->port()};
    const std::string record = "/api/inventory/stores/store-1/inventory/A";
    CHECK(client.ask("POST", record + "/adjust", R"({"delta":9})").status()
          == 200);
    earliest_ = clock::now();
    const auto granted = client.ask("POST", record + "/reserve",
                                    R"({"quantity":4,"ttlSeconds":3})");
    latest_ = clock::now();
    REQUIRE(granted.status() == 201);
    at_ = granted.response.field("Location");
    wall_.step(off_);
  }

  /// Ends and comes back with the clock as it is. A hold may last longer by as
  /// much as that takes.
  void restart() {
    const auto begin = clock::now();
    node_->program().kill();
    start();
    latest_ += clock::now() - begin;
    check_dated(*node_, off_);
  }

  /// True once it has expired.
  bool look() {
    if (expired_)
      return true;
    const auto asked = clock::now();
    const auto got = http_client{node_->port()}.ask("GET", at_);
    if (got.response.body.find(R"("state":"expired")") == std::string::npos) {
      active_ = asked - latest_;
      return false;
    }
    expired_ = clock::now() - earliest_;
    return true;
  }

  /// By how much it expired too early or too late for sure: nobody looked all
  /// the time.
  double error_s() const {
    using seconds = std::chrono::duration<double>;
    return std::max({0.0, seconds{active_ - 3s}.count(),
                     seconds{3s - expired_.value()}.count()});
  }
  const std::string& directory() const {
    return dir_.path();
  }
  void end() {
    node_->program().kill();
  }

private:
  void start() {
    node_.reset();
    node_plan plan{dir_.path()};
    plan.wrapper = wall_.wrapper();
    node_ = std::make_unique<node_process>(std::move(plan));
    REQUIRE_MESSAGE(node_->wait_ready(), node_->program().err());
  }

  seconds off_;
  storage::testing::temp_dir dir_;
  wall_clock wall_;
  std::unique_ptr<node_process> node_;
  std::string at_;
  /// When it was granted.
  clock::time_point earliest_;
  clock::time_point latest_;
  clock::duration active_{0};
  std::optional<clock::duration> expired_;
};

void expire_in_time(bool restarts) {
  std::vector<std::unique_ptr<hold_trial>> trials;
  for (const auto off : steps)
    trials.push_back(std::make_unique<hold_trial>(off));
  if (restarts)
    for (const auto& each : trials)
      each->restart();
  REQUIRE(wait_until([&] {
    auto all = true;
    for (const auto& each : trials)
      all = each->look() && all;
    return all;
  }));
  double worst_s = 0;
  for (const auto& each : trials) {
    CHECK(each->error_s() <= tolerance_s);
    worst_s = std::max(worst_s, each->error_s());
    each->end();
    CHECK(run_verify(each->directory()).exit_code == 0);
  }
  tell("wall clock ± 1 h, ± 1 day", trials.size(),
       {{"slowest_expiry_error_s", worst_s}});
}

} // namespace

TEST_CASE("a hold expires in time though the wall clock jumps") {
  expire_in_time(false);
}

TEST_CASE("a restart after a jump of the wall clock moves no expiry") {
  expire_in_time(true);
}

TEST_CASE("a wall clock that jumps under load loses and invents nothing") {
  auto random = seeded_engine();
  const auto trials = count_from_environment("FAULT_CLOCKS", 4);
  auto least = std::numeric_limits<std::size_t>::max();
  for (unsigned i = 0; i < trials; ++i) {
    const auto off = steps[i % std::size(steps)];
    CAPTURE(off.count());
    campaign trial{plan_of(random()), in_memory()};
    wall_clock wall{trial.directory()};
    trial.launch(wall.wrapper());
    REQUIRE_MESSAGE(trial.node().wait_ready(), trial.node().program().err());
    trial.run_load(200ms);
    wall.step(off);
    trial.node().program().wait(200ms);
    trial.node().program().kill();
    trial.clients().stop();
    trial.launch(wall.wrapper());
    REQUIRE_MESSAGE(trial.node().wait_ready(), trial.node().program().err());
    check_dated(trial.node(), off);
    trial.run_load(100ms);
    trial.clients().stop();
    trial.finish();
    least = std::min(least, count(trial.clients().calls()).acknowledged);
  }
  tell("wall clock ± 1 h, ± 1 day", trials, {{"least_acknowledged", least}});
}
