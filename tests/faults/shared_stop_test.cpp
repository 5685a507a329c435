// Processes that share a data directory while one of them gets no time.
#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <thread>

#include "tests/faults/shared_campaign.hpp"
#include "tests/faults/strace.hpp"
#include "tests/support/figures.hpp"
#include "tests/support/seed.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::test;
using namespace std::chrono_literals;

namespace {

/// What a wrapper runs.
pid_t child_of(pid_t wrapper) {
  const auto name = std::to_string(wrapper);
  const auto path = "/proc/" + name + "/task/" + name + "/children";
  return static_cast<pid_t>(std::stol(read_text(path)));
}

/// Waits until `process` stands still. Its tracer stops it for a moment now
/// and then.
bool wait_stopped(pid_t process) {
  const auto path = "/proc/" + std::to_string(process) + "/status";
  int times = 0;
  return wait_until(
      [&] {
        const auto status = read_text(path);
        const auto at = status.find("\nState:\t");
        const auto is = at == std::string::npos ? 'X' : status.at(at + 8);
        times = is == 'T' || is == 't' ? times + 1 : 0;
        return times == 10;
      },
      patience);
}

/// What a record says is there, -1 if this is none.
std::int64_t on_hand(const http_result& told) {
  const std::string name = "\"onHand\":";
  const auto at = told.response.body.find(name);
  return told.status() != 200 || at == std::string::npos
             ? -1
             : std::stol(told.response.body.substr(at + name.size()));
}

const std::string body = R"({"delta": 1})";

std::string path_of(const std::string& sku,
                    const std::string& what = "/adjust") {
  return "/api/inventory/stores/store-1/inventory/" + sku + what;
}

} // namespace

TEST_CASE("a process that was stopped for too long changes nothing more") {
  auto random = seeded_engine();
  shared_campaign trial{random(), {.nodes = 3, .lease_ttl_ms = 300}};
  trial.start_all();
  trial.start_load();
  const auto stops = count_from_environment("FAULT_SHARED_STOPS", 6);
  for (unsigned i = 0; i < stops; ++i) {
    trial.run(std::chrono::milliseconds{200 + random() % 300});
    auto& hit = trial.node(random() % 3).program();
    hit.send(SIGSTOP);
    trial.run(std::chrono::milliseconds{500 + random() % 500});
    hit.send(SIGCONT);
  }
  trial.run(500ms);
  trial.stop_load();
  const auto all = trial.calls();
  const auto sum = count(all);
  MESSAGE(stops << " stops: " << sum << "; " << waits_of_put_off(all));
  tell("processes that share a directory", stops,
       {{"least_acknowledged", sum.acknowledged}});
  trial.finish();
}

TEST_CASE("who is stopped inside a transaction lets nobody in, nor out of it") {
  if (!can_trace())
    return;
  auto random = seeded_engine();
  shared_campaign trial{random(), {.nodes = 2, .lease_ttl_ms = 300}};
  trial.start(0);
  // Its syncs: the rollback journal twice, the database, the end of the
  // journal. The stop comes somewhere among them.
  const auto when = 40 + random() % 16;
  const auto journal = trial.directory() + "/data/journal.db";
  trial.start(1, strace({.calls = sync_calls,
                         .what = "signal=STOP",
                         .when = std::to_string(when),
                         .paths = {journal, journal + "-journal"}}));
  const auto traced = child_of(trial.node(1).program().pid());
  http_client one{trial.node(0).port()};
  CHECK(one.ask("POST", path_of("A"), body).status() == 200);
  std::atomic<bool> is_over{false};
  std::int64_t done = 0;
  std::int64_t open = 0;
  std::thread buyer([&, port = trial.node(1).port()] {
    http_client two{port};
    while (!is_over) {
      const auto status = two.ask("POST", path_of("B"), body).status();
      done += status == 200 ? 1 : 0;
      open += status == 504 ? 1 : 0;
    }
  });
  const auto is_caught = wait_stopped(traced);
  std::vector<double> waited_ms;
  for (int i = 0; is_caught && i < 40; ++i) {
    const auto start = std::chrono::steady_clock::now();
    const auto refused = one.ask("POST", path_of("A"), body);
    waited_ms.push_back(std::chrono::duration<double, std::milli>(
                            std::chrono::steady_clock::now() - start)
                            .count());
    CHECK(refused.status() == 503);
    CHECK(refused.response.field("Retry-After") == "1");
    CHECK(refused.response.body.find("lease_held") != std::string::npos);
  }
  CHECK(one.ask("GET", "/api/health/readiness").status() == 503);
  is_over = true;
  ::kill(traced, SIGCONT);
  buyer.join();
  REQUIRE(is_caught);
  std::sort(waited_ms.begin(), waited_ms.end());
  MESSAGE("stopped at sync " << when);
  tell("a process stopped inside a transaction", 1,
       {{"slowest_put_off_median_ms", waited_ms[waited_ms.size() / 2]},
        {"slowest_put_off_ms", waited_ms.back()}});
  // Its transaction ends, as if nothing had been.
  const auto is_back = [&] {
    return one.ask("POST", path_of("A"), body).status() == 200;
  };
  CHECK(wait_until(is_back, patience));
  CHECK(one.ask("GET", "/api/health/readiness").status() == 200);
  http_client again{trial.node(1).port()};
  std::int64_t found = -1;
  CHECK(wait_until(
      [&] {
        found = on_hand(again.ask("GET", path_of("B", "")));
        return found >= 0;
      },
      patience));
  CHECK(found >= done);
  CHECK(found <= done + open);
  trial.node(0).program().send(SIGTERM);
  CHECK(trial.node(0).program().wait(patience) == process_end{0, false});
  ::kill(traced, SIGTERM);
  CHECK(trial.node(1).program().wait(patience) == process_end{0, false});
  CHECK(run_verify(trial.directory()).exit_code == 0);
}
