// Holds of processes that share a directory, and are killed.
#include <doctest/doctest.h>

#include <chrono>
#include <csignal>

#include "tests/faults/shared_campaign.hpp"
#include "tests/support/seed.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::test;

namespace {

/// True once every face of the node shows that nothing of this SKU is held.
bool shows_no_hold(std::uint16_t port, const std::string& sku,
                   const std::string& reservation) {
  http_client to{port};
  const auto says = [&to](const char* method, const std::string& path,
                          const std::string& what) {
    return to.ask(method, path).response.body.find(what) != std::string::npos;
  };
  return says("GET", "/api/inventory/stores/store-1/inventory/" + sku,
              "\"reserved\":0,")
         && says("GET", "/api/reservations/" + reservation,
                 "\"state\":\"expired\"")
         && says("POST", "/api/sync", "\"drift\":0")
         && says("GET", "/api/inventory/skus/" + sku, "\"reserved\":0,");
}

/// Of a hold of two seconds.
std::string hold_some(std::uint16_t port, const std::string& sku) {
  http_client to{port};
  const auto path = "/api/inventory/stores/store-1/inventory/" + sku;
  CHECK(to.ask("POST", path + "/adjust", R"({"delta": 5})").status() == 200);
  const auto made =
      to.ask("POST", path + "/reserve", R"({"quantity": 2, "ttlSeconds": 2})");
  CHECK(made.status() == 201);
  const auto place = made.response.field("Location");
  return place.substr(place.rfind('/') + 1);
}

} // namespace

TEST_CASE("holds of processes that were killed end though nobody writes") {
  auto random = seeded_engine();
  shared_campaign trial{random(), {.nodes = 2, .lease_ttl_ms = 3'000}};
  trial.start_all();
  const auto first = hold_some(trial.node(0).port(), "A");
  trial.node(0).program().kill();
  const auto second = trial.node(1).port();
  const auto began = std::chrono::steady_clock::now();
  CHECK(
      wait_until([&] { return shows_no_hold(second, "A", first); }, patience));
  const std::chrono::duration<double> took =
      std::chrono::steady_clock::now() - began;
  MESSAGE("it ended after ", took.count(), " s");
  // All are gone, and come back.
  const auto other = hold_some(second, "B");
  trial.node(1).program().kill();
  trial.start_all();
  for (std::size_t i = 0; i < 2; ++i)
    CHECK(wait_until(
        [&] { return shows_no_hold(trial.node(i).port(), "B", other); },
        patience));
  for (std::size_t i = 0; i < 2; ++i) {
    trial.node(i).program().send(SIGTERM);
    CHECK(trial.node(i).program().wait(patience) == process_end{0, false});
  }
  CHECK(run_verify(trial.directory()).exit_code == 0);
}
