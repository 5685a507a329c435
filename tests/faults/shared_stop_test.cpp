// Processes that share a data directory while one of them gets no time.
#include <doctest/doctest.h>

#include <algorithm>
#include <csignal>

#include "tests/faults/shared_campaign.hpp"
#include "tests/faults/strace.hpp"
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
  MESSAGE(stops << " stops: " << count(all) << "; " << waits_of_put_off(all));
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
  const std::string base = "/api/inventory/stores/store-1/inventory/";
  const std::string body = R"({"delta": 1})";
  http_client one{trial.node(0).port(), 20s};
  http_client two{trial.node(1).port(), 300ms};
  CHECK(one.ask("POST", base + "A/adjust", body).status() == 200);
  std::int64_t done = 0;
  bool is_stopped = false;
  for (int i = 0; i < 100 && !is_stopped; ++i) {
    const auto status = two.ask("POST", base + "B/adjust", body).status();
    done += status == 200 ? 1 : 0;
    is_stopped = status == 0;
  }
  REQUIRE(is_stopped);
  std::vector<double> waited_ms;
  for (int i = 0; i < 40; ++i) {
    const auto start = std::chrono::steady_clock::now();
    const auto refused = one.ask("POST", base + "A/adjust", body);
    waited_ms.push_back(std::chrono::duration<double, std::milli>(
                            std::chrono::steady_clock::now() - start)
                            .count());
    CHECK(refused.status() == 503);
    CHECK(refused.response.field("Retry-After") == "1");
    CHECK(refused.response.body.find("lease_held") != std::string::npos);
  }
  CHECK(one.ask("GET", "/api/health/readiness").status() == 503);
  std::sort(waited_ms.begin(), waited_ms.end());
  MESSAGE("stopped at sync "
          << when << ": put off after " << waited_ms[waited_ms.size() / 2]
          << " ms in the median, at most " << waited_ms.back());
  CHECK(waited_ms[waited_ms.size() / 2] < 50);
  ::kill(child_of(trial.node(1).program().pid()), SIGCONT);
  // Its transaction ends, as if nothing had been.
  CHECK(wait_until(
      [&] { return one.ask("POST", base + "A/adjust", body).status() == 200; },
      10s));
  CHECK(one.ask("GET", "/api/health/readiness").status() == 200);
  http_client again{trial.node(1).port(), 10s};
  const auto record = again.ask("GET", base + "B").response.body;
  CHECK(record.find("\"onHand\":" + std::to_string(done + 1))
        != std::string::npos);
  trial.node(0).program().send(SIGTERM);
  CHECK(trial.node(0).program().wait(60s) == process_end{0, false});
  trial.node(1).program().kill();
  CHECK(run_verify(trial.directory()).exit_code == 0);
}
