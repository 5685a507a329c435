// Syncs that take long: who waits for one is neither forgotten nor served
// twice.
#include <doctest/doctest.h>

#include <csignal>
#include <thread>

#include "tests/faults/campaign.hpp"
#include "tests/faults/strace.hpp"
#include "tests/support/seed.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::test;

namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

/// Every sync of one of `files` takes `longer` than it would.
std::vector<std::string> slow_syncs(std::vector<std::string> files,
                                    std::chrono::microseconds longer) {
  return strace({sync_calls, "delay_enter=" + std::to_string(longer.count()),
                 "1+", std::move(files)});
}

/// Shorter than a sync, and long enough for a busy machine to ask once more
/// while it lasts.
constexpr auto key_life = 4s;
const http_client::fields with_key = {{"Idempotency-Key", "k"}};

http_result ask(http_client& client) {
  return client.ask("POST", "/api/inventory/stores/store-1/inventory/A/adjust",
                    R"({"delta": 5})", with_key);
}

bool is_problem(const http_result& got, int status, const std::string& code) {
  return got.status() == status
         && got.response.body.find(code) != std::string::npos;
}

/// What the callers of one key were told.
struct key_tally {
  unsigned fresh = 0;
  unsigned replayed = 0;
  unsigned too_late = 0;
  unsigned in_flight = 0;
  /// Of these: when the key would be forgotten, had its life begun already.
  unsigned in_flight_long = 0;

  void note(const http_result& got, clock::duration age) {
    if (got.status() == 200) {
      CHECK(got.response.field("ETag") == "\"1\"");
      ++(got.response.field("Idempotent-Replayed").empty() ? fresh : replayed);
    } else if (is_problem(got, 504, "deadline_exceeded")) {
      ++too_late;
    } else {
      CHECK(is_problem(got, 409, "idempotency_in_flight"));
      CHECK_FALSE(got.response.field("Retry-After").empty());
      ++in_flight;
      in_flight_long += age > key_life ? 1 : 0;
    }
  }
};

} // namespace

TEST_CASE("a node that is told to stop waits for slow syncs") {
  if (!can_trace())
    return;
  auto random = seeded_engine();
  auto plan = plan_of(random());
  plan.clients = 8;
  campaign trial{plan, in_memory()};
  trial.launch(slow_syncs(journal_paths(trial.data_dir()), 300ms));
  REQUIRE_MESSAGE(trial.node().wait_ready(), trial.node().program().err());
  http_client first{trial.node().port()};
  const auto* served = trial.clients().observer().ask(first, action::adjust,
                                                      "store-1", "sku-0", 1);
  CHECK((served != nullptr && served->status == 200));
  trial.run_load(2s);
  ::kill(holder_of(trial.data_dir()), SIGTERM);
  CHECK(trial.node().program().wait(patience) == process_end{0, false});
  trial.clients().stop();
  const auto sum = count(trial.clients().calls());
  MESSAGE("slow syncs: " << sum);
  trial.start();
  trial.finish();
}

TEST_CASE("a request that outlives deadline and key is carried out once") {
  if (!can_trace())
    return;
  const storage::testing::temp_dir dir{in_memory()};
  node_plan plan{dir.path()};
  plan.flags = {"--idemp-ttl-ms="
                + std::to_string(std::chrono::milliseconds{key_life}.count())};
  plan.wrapper = slow_syncs({node_process::data_dir_of(plan) + "/redo"}, 6s);
  node_process node{plan};
  REQUIRE_MESSAGE(node.wait_ready(), node.program().err());
  // Whichever of the two comes first.
  http_result one;
  std::thread caller{[&] {
    http_client client{node.port()};
    one = ask(client);
  }};
  key_tally sum;
  http_client client{node.port()};
  const auto begin = clock::now();
  const auto is_settled = wait_until([&] {
    const auto asked = clock::now();
    sum.note(ask(client), asked - begin);
    return sum.fresh + sum.replayed > 0;
  });
  caller.join();
  sum.note(one, 0s);
  MESSAGE(sum.in_flight << " told to come back, " << sum.in_flight_long
                        << " of them after the life of a key");
  CHECK(is_settled);
  CHECK(sum.too_late == 1);
  CHECK(sum.in_flight_long > 0);
  CHECK(sum.fresh == 0);
  CHECK(sum.replayed == 1);
  node.program().kill();
  CHECK(dump(node.data_dir()).size() == 1);
  CHECK(run_verify(dir.path()).exit_code == 0);
}
