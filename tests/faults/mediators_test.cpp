// Bulkheads of a real node whose queues are full, and a node that is told to
// stop while it has work to finish.
#include <doctest/doctest.h>

#include <csignal>
#include <filesystem>
#include <map>
#include <memory>

#include <sys/resource.h>

#include <nlohmann/json.hpp>

#include "holdfast/limits.hpp"
#include "tests/faults/campaign.hpp"
#include "tests/faults/mediator_page.hpp"
#include "tests/faults/slow_disk.hpp"
#include "tests/support/adjust_rows.hpp"
#include "tests/support/raw_client.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::test;

namespace {

using namespace std::chrono_literals;
using clients = std::vector<std::unique_ptr<raw_client>>;

const std::string path = "/api/inventory/stores/store-1/inventory/A";
const std::string adjust = "POST " + path
                           + "/adjust HTTP/1.1\r\nHost: a\r\n"
                             "Content-Type: application/json\r\n"
                             "Content-Length: 11\r\n\r\n{\"delta\":1}";
const std::string sync_round = "POST /api/sync HTTP/1.1\r\nHost: a\r\n"
                               "Content-Length: 0\r\n\r\n";

/// This process holds as many connections as the node.
void raise_own_limit() {
  rlimit files{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &files) == 0);
  files.rlim_cur = files.rlim_max;
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &files) == 0);
}

/// Clients that have asked and not listened yet.
clients ask_at_once(std::uint16_t port, std::size_t count,
                    const std::string& request) {
  clients made;
  for (std::size_t i = 0; i < count; ++i) {
    made.push_back(std::make_unique<raw_client>(port));
    REQUIRE(made.back()->send(request));
  }
  return made;
}

/// How many got which status. A full bulkhead says so, and for how long.
std::map<int, std::size_t> listen(const clients& all) {
  std::map<int, std::size_t> counts;
  for (const auto& each : all) {
    const auto got = each->receive();
    REQUIRE(got.has_value());
    ++counts[got->status];
    if (got->status != 503)
      continue;
    CHECK(got->body.find("bulkhead_full") != std::string::npos);
    CHECK_FALSE(got->field("Retry-After").empty());
  }
  return counts;
}

nlohmann::json bulkhead_of(std::uint16_t port, const std::string& name) {
  return mediator_of(port, "bulkheads", name);
}

/// All permits have come back.
void check_free(std::uint16_t port, const std::string& name,
                std::size_t refused) {
  CHECK(wait_until([&] {
    const auto is = bulkhead_of(port, name);
    return is["inUse"] == 0 && is["queued"] == 0;
  }));
  CHECK(bulkhead_of(port, name)["refused"] == refused);
}

} // namespace

TEST_CASE("a full queue of the API refuses, and every permit comes back") {
  raise_own_limit();
  campaign trial{plan_of(1), in_memory()};
  // Longer than all of them take to connect, times the number of processors.
  trial.launch(slow_disk(1'500ms),
               {"--concurrency-api=1", "--load-shed-queue-max=0"});
  REQUIRE_MESSAGE(trial.node().wait_ready(), trial.node().program().err());
  const auto port = trial.node().port();
  constexpr std::size_t beyond = 100;
  const auto all =
      ask_at_once(port, 1 + limits::bulkhead_queue_max + beyond, adjust);
  const auto got = listen(all);
  MESSAGE(got.at(200) << " of " << all.size() << " were done");
  // The others waited for their turn until they were told that it is too late.
  CHECK(got.at(503) > 0);
  CHECK(got.at(503) <= beyond);
  CHECK(got.at(200) + got.at(503) + got.at(504) == all.size());
  check_free(port, "api", got.at(503));
  http_client later{port};
  CHECK(later.ask("POST", path + "/adjust", R"({"delta":1})").status() == 200);
  trial.node().program().kill();
}

TEST_CASE("more callers of rounds than may wait are refused, not forgotten") {
  campaign trial{plan_of(1), in_memory()};
  // A first round that takes a while, and begins with the first caller.
  constexpr std::size_t skus = 50'000;
  std::filesystem::create_directories(trial.data_dir());
  fill_journal(trial.data_dir(), skus, skus);
  trial.launch({}, {"--concurrency-sync=1", "--sync-interval-ms=0"});
  REQUIRE_MESSAGE(trial.node().wait_ready(), trial.node().program().err());
  const auto port = trial.node().port();
  // They are all there before the first of them is heard.
  trial.node().program().send(SIGSTOP);
  const auto all = ask_at_once(port, 4 * limits::sync_queue_max, sync_round);
  trial.node().program().send(SIGCONT);
  const auto got = listen(all);
  CHECK(got.at(200) > 0);
  CHECK(got.at(503) > 0);
  CHECK(got.at(200) + got.at(503) == all.size());
  check_free(port, "sync", got.at(503));
  CHECK(http_client{port}.ask("POST", "/api/sync").status() == 200);
  trial.node().program().kill();
}

TEST_CASE("who comes while a node finishes its work is told to come back") {
  campaign trial{plan_of(1), in_memory()};
  trial.launch(slow_disk(1'000ms), {"--concurrency-api=8"});
  REQUIRE_MESSAGE(trial.node().wait_ready(), trial.node().program().err());
  const auto port = trial.node().port();
  raw_client caller{port};
  REQUIRE(caller.send(adjust));
  CHECK(wait_until([&] { return bulkhead_of(port, "api")["inUse"] == 1; }));
  trial.node().program().send(SIGTERM);
  const auto is_down = [&] {
    return http_client{port}.ask("GET", "/api/health/readiness").status()
           == 503;
  };
  CHECK(wait_until(is_down));
  const auto put_off = http_client{port}.ask("GET", path);
  CHECK(put_off.status() == 503);
  CHECK(body_of(put_off)["code"] == "shutting_down");
  CHECK_FALSE(put_off.response.field("Retry-After").empty());
  const auto done = caller.receive();
  REQUIRE(done.has_value());
  CHECK(done->status == 200);
  CHECK(trial.node().program().wait(patience) == process_end{0, false});
}
