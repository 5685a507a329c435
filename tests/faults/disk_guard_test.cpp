// Bulkhead and breaker of the file system in a real node, over a disk that is
// slow, or stands still for a while.
#include <doctest/doctest.h>

#include <csignal>

#include <atomic>
#include <thread>

#include <nlohmann/json.hpp>

#include "tests/faults/campaign.hpp"
#include "tests/faults/mediator_page.hpp"
#include "tests/faults/metric_sum.hpp"
#include "tests/faults/slow_disk.hpp"
#include "tests/faults/strace.hpp"
#include "tests/support/seed.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::test;
using nlohmann::json;

namespace {

using namespace std::chrono_literals;

constexpr unsigned callers = 48;
/// Number of the sync of SQLite's log that takes long: well after those of the
/// start, so that callers wait for it.
constexpr auto later = "25";
/// So many calls as are late at once, of thousands that were not: how many end
/// before that sync is up to the machine, and all are in the same window.
constexpr auto low_threshold = "--breaker-threshold=0.001";

bool is_ready(std::uint16_t port) {
  return http_client{port}.ask("GET", "/api/health/readiness").status() == 200;
}

json disk_of(std::uint16_t port, const std::string& kind,
             const std::string& name = "fileSystem") {
  return mediator_of(port, kind, name);
}

/// All places have come back: soon after the answers, not before them.
bool is_free(std::uint16_t port, const std::string& name) {
  const auto bulkhead = disk_of(port, "bulkheads", name);
  return bulkhead["inUse"] == 0 && bulkhead["queued"] == 0;
}

/// What many callers were told, each on a connection of its own.
struct told {
  std::atomic<unsigned> done{0};
  std::atomic<unsigned> too_late{0};
  std::atomic<unsigned> circuit_open{0};
  std::atomic<unsigned> others{0};

  void note(const http_result& got) {
    const auto& body = got.response.body;
    if (got.status() == 200)
      ++done;
    else if (got.status() == 504)
      ++too_late;
    else if (got.status() == 503
             && body.find("circuit_open") != std::string::npos
             && !got.response.field("Retry-After").empty())
      ++circuit_open;
    else
      ++others;
  }
};

/// Callers that ask until they are told to stop.
class crowd {
public:
  crowd(std::uint16_t port, told& into) {
    for (unsigned i = 0; i < callers; ++i)
      threads_.emplace_back([this, port, i, &into] {
        http_client client{port};
        const auto path = "/api/inventory/stores/store-1/inventory/sku-"
                          + std::to_string(i % 5) + "/adjust";
        while (!is_over_) {
          into.note(client.ask("POST", path, R"({"delta": 1})"));
          std::this_thread::sleep_for(think_time);
        }
      });
  }
  ~crowd() {
    is_over_ = true;
    for (auto& each : threads_)
      each.join();
  }

private:
  static constexpr auto think_time = 5ms;

  std::atomic<bool> is_over_{false};
  std::vector<std::thread> threads_;
};

} // namespace

TEST_CASE("few places at a slow disk serve everybody, and all come back") {
  auto plan = plan_of(seeded_engine()());
  plan.clients = 12;
  campaign trial{plan, in_memory()};
  const std::vector<std::string> flags = {"--concurrency-fs=2",
                                          "--concurrency-api=4"};
  trial.launch(slow_disk(5ms), flags);
  REQUIRE_MESSAGE(trial.node().wait_ready(), trial.node().program().err());
  const auto port = trial.node().port();
  trial.clients().start(port);
  CHECK(wait_until([&] { return disk_of(port, "bulkheads")["queued"] > 0; }));
  trial.clients().stop();
  CHECK(wait_until([&] { return is_free(port, "fileSystem"); }));
  CHECK(wait_until([&] { return is_free(port, "api"); }));
  const auto after = disk_of(port, "bulkheads");
  CHECK(after["permits"] == 2);
  CHECK(after["refused"] == 0);
  const auto sum = count(trial.clients().calls());
  MESSAGE(sum);
  CHECK(sum.put_off == 0);
  http_client later{port};
  const auto* served = trial.clients().observer().ask(later, action::adjust,
                                                      "store-1", "sku-0", 1);
  CHECK((served != nullptr && served->status == 200));
  trial.node().program().send(SIGTERM);
  CHECK(trial.node().program().wait(patience) == process_end{0, false});
  trial.start();
  trial.finish();
}

TEST_CASE("a disk that stands still opens the circuit, and closes it again") {
  if (!can_trace())
    return;
  campaign trial{plan_of(1), in_memory()};
  trial.launch(strace({sync_calls,
                       "delay_enter=8000000",
                       later,
                       {trial.data_dir() + "/journal.db-wal"}}),
               {low_threshold, "--breaker-cooldown-ms=1000"});
  REQUIRE_MESSAGE(trial.node().wait_ready(), trial.node().program().err());
  const auto port = trial.node().port();
  // How often it came to a state: the states themselves may be missed.
  const auto times = [port](const char* state) {
    return disk_of(port, "circuitBreakers")[state].get<int>();
  };
  told sum;
  {
    crowd asking{port, sum};
    CHECK(wait_until([&] { return !is_ready(port); }));
    CHECK(wait_until(
        [&] { return sum_of(port, "holdfast_journal_writable ") == 0; }));
    CHECK(wait_until([&] { return times("opened") > 0; }));
    CHECK(wait_until([&] { return sum.circuit_open > 0; }));
    // Probes find the disk well again.
    CHECK(wait_until([&] { return times("closed") > 0; }));
    const unsigned before = sum.done;
    CHECK(wait_until([&] { return sum.done > before + callers; }));
  }
  MESSAGE(sum.done.load() << " done, " << sum.too_late.load() << " too late, "
                          << sum.circuit_open.load()
                          << " told that the circuit is open");
  CHECK(sum.too_late > 0);
  CHECK(sum.others == 0);
  CHECK(times("halfOpened") >= 1);
  CHECK(wait_until([&] { return is_ready(port); }));
  CHECK(wait_until([&] { return is_free(port, "fileSystem"); }));
  const auto log = trial.node().program().err();
  CHECK(log.find(R"("breaker":"fileSystem","state":"open")")
        != std::string::npos);
  trial.node().program().kill();
}
