// A timer of an actor that throws, in a real node.
#include <doctest/doctest.h>

#include <atomic>
#include <future>

#include <nlohmann/json.hpp>

#include "tests/faults/body_of.hpp"
#include "tests/faults/campaign.hpp"
#include "tests/faults/metric_sum.hpp"
#include "tests/support/figures.hpp"
#include "tests/support/poison.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::test;
using nlohmann::json;

namespace {

using clock = std::chrono::steady_clock;

std::string record_path(const std::string& sku) {
  return "/api/inventory/stores/store-1/inventory/" + sku;
}

} // namespace

TEST_CASE("a SKU whose timer throws is back at once, others do not notice") {
  campaign trial{plan_of(1), in_memory()};
  trial.use(POISONED_PROGRAM);
  trial.start();
  const auto port = trial.node().port();
  http_client client{port};
  const auto path = record_path("A");
  CHECK(client.ask("POST", path + "/adjust", R"({"delta": 5})").status()
        == 200);
  CHECK(client
            .ask("POST", path + "/reserve",
                 json{{"quantity", 2}, {"ttlSeconds", 1}, {"reference", poison}}
                     .dump())
            .status()
        == 201);
  std::atomic<bool> is_over{false};
  auto others = std::async(std::launch::async, [&] {
    http_client other{port};
    unsigned failed = 0;
    while (!is_over)
      failed +=
          other.ask("POST", record_path("B") + "/adjust", R"({"delta": 1})")
              .status()
          != 200;
    return failed;
  });
  CHECK(wait_until(
      [&] { return sum_of(port, "holdfast_sku_actors_crashed_total") == 1; }));
  const auto since = clock::now();
  const auto record = body_of(client.ask("GET", path));
  const auto took = clock::now() - since;
  is_over = true;
  CHECK(others.get() == 0);
  CHECK(record["reserved"] == 0);
  CHECK(record["version"] == 3);
  tell("an actor that throws", 1,
       {{"slowest_back_ms",
         std::chrono::duration<double, std::milli>(took).count()}});
  CHECK(wait_until([&] {
    return trial.node().program().err().find("sku_crashed")
           != std::string::npos;
  }));
}
