// Processes that share a data directory, under load and while some are killed.
#include <doctest/doctest.h>

#include <csignal>

#include "tests/faults/shared_campaign.hpp"
#include "tests/support/seed.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::test;
using namespace std::chrono_literals;

namespace {

/// Tells how soon who could not have a lease was refused.
void tell_waits(const shared_campaign& trial, std::size_t faults) {
  const auto all = trial.calls();
  const auto found = waits_of_put_off(all);
  const auto sum = count(all);
  MESSAGE(sum << "; " << found);
  CHECK(found.count > 10);
  auto told = figures_of(found);
  told.emplace_back("least_acknowledged", sum.acknowledged);
  tell("processes that share a directory", faults, told);
}

/// The line of a page of metrics that begins so.
double metric(std::uint16_t port, const std::string& name) {
  http_client to{port};
  const auto page = to.ask("GET", "/metrics").response.body;
  const auto at = page.find("\n" + name + " ");
  REQUIRE(at != std::string::npos);
  return std::stod(page.substr(at + name.size() + 2));
}

} // namespace

TEST_CASE("two processes share a directory, and leases go to and fro") {
  auto random = seeded_engine();
  shared_campaign trial{random(), {.nodes = 2, .lease_ttl_ms = 20'000}};
  trial.start_all();
  trial.start_load();
  trial.run(std::chrono::milliseconds{
      count_from_environment("FAULT_SHARED_MS", 4'000)});
  trial.stop_load();
  tell_waits(trial, 1);
  double handed_over = 0;
  for (std::size_t i = 0; i < 2; ++i) {
    const auto port = trial.node(i).port();
    CHECK(metric(port, "holdfast_leases_taken_total") > 0);
    CHECK(metric(port, "holdfast_leases_refused_total") > 0);
    CHECK(metric(port, "holdfast_leases_lost_total") == 0);
    handed_over += metric(port, "holdfast_leases_handed_over_total");
    http_client to{port};
    const auto health = to.ask("GET", "/api/health/metrics").response.body;
    CHECK(health.find("\"locks\":{\"enabled\":true,\"owner\":\"node-")
          != std::string::npos);
  }
  CHECK(handed_over > 0);
  trial.finish();
}

TEST_CASE("nothing is lost when one of three processes is killed") {
  auto random = seeded_engine();
  shared_campaign trial{random(), {.nodes = 3, .lease_ttl_ms = 400}};
  trial.start_all();
  trial.start_load();
  const auto kills = count_from_environment("FAULT_SHARED_KILLS", 6);
  for (unsigned i = 0; i < kills; ++i) {
    trial.run(std::chrono::milliseconds{300 + random() % 300});
    const auto which = random() % 3;
    trial.avoid(which);
    trial.node(which).program().kill();
    trial.run(std::chrono::milliseconds{200 + random() % 500});
    trial.start(which);
  }
  trial.run(500ms);
  trial.stop_load();
  tell_waits(trial, kills);
  trial.finish();
}

TEST_CASE("the leases of a process that was killed are taken in time") {
  auto random = seeded_engine();
  shared_campaign trial{random(), {.nodes = 2, .lease_ttl_ms = 3'000}};
  trial.start_all();
  const std::string path = "/api/inventory/stores/store-1/inventory/A/adjust";
  const std::string body = R"({"delta": 5})";
  http_client one{trial.node(0).port()};
  http_client two{trial.node(1).port()};
  CHECK(one.ask("POST", path, body).status() == 200);
  const auto refused = two.ask("POST", path, body);
  CHECK(refused.status() == 503);
  CHECK(refused.response.field("Retry-After") == "1");
  CHECK(refused.response.body.find("lease_held") != std::string::npos);
  trial.node(0).program().kill();
  const auto is_taken = [&] {
    return two.ask("POST", path, body).status() == 200;
  };
  CHECK(wait_until(is_taken, 60s));
  CHECK(metric(trial.node(1).port(), "holdfast_leases_stolen_total") == 1);
}

TEST_CASE("processes that share a directory promise the same") {
  storage::testing::temp_dir dir;
  const auto launch = [&dir](const std::string& suffix,
                             std::vector<std::string> flags) {
    node_plan plan;
    plan.directory = dir.path();
    plan.suffix = suffix;
    plan.flags = std::move(flags);
    plan.flags.emplace_back("--locks-enabled");
    return std::make_unique<node_process>(std::move(plan));
  };
  const auto first = launch("1", {"--idemp-ttl-ms=60000"});
  REQUIRE_MESSAGE(first->wait_ready(), first->program().err());
  const auto other = launch("2", {});
  CHECK(other->program().wait(60s) == process_end{2, false});
  CHECK(other->program().err().find("IDEMP_TTL_MS is 300000, but 60000")
        != std::string::npos);
  // What nobody is promised may differ.
  const auto second =
      launch("3", {"--idemp-ttl-ms=60000", "--snapshot-every-n-events=7"});
  CHECK_MESSAGE(second->wait_ready(), second->program().err());
}

TEST_CASE("who shares and who does not keep out of each other's way") {
  storage::testing::temp_dir dir;
  const auto launch = [&dir](const std::string& suffix,
                             std::vector<std::string> flags) {
    node_plan plan;
    plan.directory = dir.path();
    plan.suffix = suffix;
    plan.flags = std::move(flags);
    return std::make_unique<node_process>(std::move(plan));
  };
  const std::vector<std::string> shares = {"--locks-enabled"};
  for (const bool first_shares : {true, false}) {
    auto first =
        launch("1", first_shares ? shares : std::vector<std::string>{});
    REQUIRE_MESSAGE(first->wait_ready(), first->program().err());
    auto second =
        launch("2", first_shares ? std::vector<std::string>{} : shares);
    CHECK(second->program().wait(10s) == process_end{2, false});
    CHECK(second->program().err().find("is in use by pid")
          != std::string::npos);
    // The journal changes its ways between the two, and back.
    first->program().send(SIGTERM);
    CHECK(first->program().wait(60s) == process_end{0, false});
  }
  CHECK(run_verify(dir.path()).exit_code == 0);
}
