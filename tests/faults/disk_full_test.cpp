// A disk without space: writes are refused and reads go on, until there is
// space again.
#include <doctest/doctest.h>

#include <csignal>

#include "tests/faults/campaign.hpp"
#include "tests/faults/tmpfs.hpp"
#include "tests/support/figures.hpp"
#include "tests/support/seed.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::test;

namespace {

using namespace std::chrono_literals;

/// Reads and writes of one SKU, beside the load and recorded with it.
class observer {
public:
  explicit observer(campaign& of)
      : client_(of.clients().observer()), to_(of.node().port()) {
    // nop
  }

  int write() {
    return status_of(client_.ask(to_, action::adjust, "store-1", "sku-0", 1));
  }
  int read() {
    return status_of(client_.ask(to_, action::read, "store-1", "sku-0"));
  }

  bool writes_become(int status) {
    return wait_until([&] { return write() == status; });
  }

  /// Share of reads that succeed during `time`.
  double readable(std::chrono::milliseconds time) {
    const auto end = std::chrono::steady_clock::now() + time;
    double asked = 0;
    double answered = 0;
    while (std::chrono::steady_clock::now() < end) {
      ++asked;
      answered += read() == 200 ? 1 : 0;
    }
    return answered / asked;
  }

private:
  static int status_of(const call* made) {
    return made == nullptr ? 0 : made->status;
  }

  load_client& client_;
  http_client to_;
};

} // namespace

TEST_CASE("a full disk refuses writes, answers reads, and recovers") {
  auto random = seeded_engine();
  for (auto left = count_from_environment("FAULT_DISKS", 1); left > 0; --left) {
    auto plan = plan_of(random());
    plan.think_time = 20ms;
    plan.has_short_holds = false;
    campaign trial{plan, on_disk()};
    const tmpfs disk{trial.data_dir(), small_disk_bytes};
    if (!disk.is_mounted())
      return;
    trial.start();
    observer watch{trial};
    REQUIRE(watch.write() == 200);
    trial.run_load(300ms);
    ballast weight{trial.data_dir() + "/ballast"};
    CHECK(watch.writes_become(503));
    const auto readable = watch.readable(1s);
    CHECK(readable >= 0.999);
    CHECK(watch.write() == 503);
    weight.remove();
    const auto begin = std::chrono::steady_clock::now();
    CHECK(watch.writes_become(200));
    const std::chrono::duration<double, std::milli> back =
        std::chrono::steady_clock::now() - begin;
    trial.node().program().wait(300ms);
    trial.clients().stop();
    tell("disk full", 1,
         {{"least_acknowledged", count(trial.clients().calls()).acknowledged},
          {"least_readable", readable},
          {"slowest_back_ms", back.count()}});
    trial.finish();
  }
}

TEST_CASE("a node becomes ready when there is room, though nobody writes") {
  campaign trial{plan_of(1), on_disk()};
  const tmpfs disk{trial.data_dir(), small_disk_bytes};
  if (!disk.is_mounted())
    return;
  trial.start();
  observer watch{trial};
  REQUIRE(watch.write() == 200);
  ballast weight{trial.data_dir() + "/ballast"};
  REQUIRE(watch.writes_become(503));
  http_client balancer{trial.node().port()};
  const auto readiness = [&] {
    return balancer.ask("GET", "/api/health/readiness").status();
  };
  CHECK(readiness() == 503);
  weight.remove();
  CHECK(wait_until([&] { return readiness() == 200; }));
  CHECK(watch.write() == 200);
  trial.finish();
}

TEST_CASE("what became of a reservation can be read on a full disk") {
  const storage::testing::temp_dir dir{on_disk()};
  const node_plan plan{dir.path()};
  const tmpfs disk{node_process::data_dir_of(plan), small_disk_bytes};
  if (!disk.is_mounted())
    return;
  node_process node{plan};
  REQUIRE_MESSAGE(node.wait_ready(), node.program().err());
  http_client client{node.port()};
  const std::string record = "/api/inventory/stores/store-1/inventory/A";
  const auto adjust = [&] {
    return client.ask("POST", record + "/adjust", R"({"delta": 9})").status();
  };
  REQUIRE(adjust() == 200);
  const auto granted =
      client.ask("POST", record + "/reserve", R"({"quantity": 4})");
  const auto at = granted.response.field("Location");
  REQUIRE(client.ask("POST", at + "/commit", "{}").status() == 200);
  ballast weight{node.data_dir() + "/ballast"};
  REQUIRE(wait_until([&] { return adjust() == 503; }));
  const auto closed = client.ask("GET", at);
  CHECK(closed.status() == 200);
  CHECK(closed.response.body.find(R"("state":"committed")")
        != std::string::npos);
  CHECK(adjust() == 503);
  node.program().send(SIGTERM);
  CHECK(node.program().wait(patience) == process_end{0, false});
  weight.remove();
  CHECK(run_verify(dir.path()).exit_code == 0);
}

TEST_CASE("the log leaves the room that its own move needs") {
  auto random = seeded_engine();
  campaign trial{plan_of(random()), on_disk()};
  const tmpfs disk{trial.data_dir(), small_disk_bytes};
  if (!disk.is_mounted())
    return;
  trial.start();
  trial.clients().start(trial.node().port());
  // The database grows only when the log is moved.
  CHECK(wait_until([&] {
    return std::filesystem::file_size(trial.data_dir() + "/journal.db")
           > small_disk_bytes / 16;
  }));
  trial.clients().stop();
  const auto sum = count(trial.clients().calls());
  MESSAGE("small disk: " << sum);
  CHECK(sum.put_off == 0);
  trial.finish();
}
