// A defect in the rules of a real node: commands that throw are one dead letter
// each, nobody else notices.
#include <doctest/doctest.h>

#include <algorithm>
#include <future>
#include <set>

#include <nlohmann/json.hpp>

#include "tests/faults/body_of.hpp"
#include "tests/faults/campaign.hpp"
#include "tests/faults/metric_sum.hpp"
#include "tests/support/poison.hpp"
#include "tests/support/seed.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::test;
using nlohmann::json;

namespace {

constexpr unsigned poisoned_commands = 12;

std::string record_path(const std::string& store, const std::string& sku) {
  return "/api/inventory/stores/" + store + "/inventory/" + sku;
}

std::string key_of(unsigned number) {
  return "poison-" + std::to_string(number);
}

/// Every second one has a key.
http_client::fields fields_of(unsigned number) {
  if (number % 2 != 0)
    return {};
  return {{"Idempotency-Key", key_of(number)}};
}

http_result send_poison(std::uint16_t port, unsigned number) {
  const auto body = json{{"delta", 1'000}, {"reason", poison}};
  return http_client{port}.ask(
      "POST",
      record_path("store-1", load_client::sku_name(number % 3)) + "/adjust",
      body.dump(), fields_of(number));
}

/// All at once, each on a connection of its own.
std::vector<http_result> send_all(std::uint16_t port) {
  std::vector<std::future<http_result>> open;
  for (unsigned i = 0; i < poisoned_commands; ++i)
    open.push_back(std::async(std::launch::async, send_poison, port, i));
  std::vector<http_result> all;
  for (auto& each : open)
    all.push_back(each.get());
  return all;
}

std::vector<json> letters_of(std::uint16_t port) {
  http_client client{port};
  std::vector<json> all;
  std::string cursor;
  do {
    const auto page =
        body_of(client.ask("GET", "/api/dead-letters?limit=5" + cursor));
    all.insert(all.end(), page["deadLetters"].begin(),
               page["deadLetters"].end());
    cursor = page.contains("nextCursor")
                 ? "&cursor=" + page["nextCursor"].get<std::string>()
                 : "";
  } while (!cursor.empty());
  return all;
}

void check_letters(const std::vector<json>& letters) {
  CHECK(letters.size() == poisoned_commands);
  std::set<std::string> keys;
  for (const auto& each : letters) {
    CHECK(each["action"] == "adjust");
    CHECK(each["cause"] == "a planted defect");
    CHECK(each["attempts"] == 4);
    CHECK(each["payload"] == json{{"delta", 1'000}, {"reason", poison}});
    keys.insert(each.value("idempotencyKey", ""));
  }
  CHECK(keys.size() == poisoned_commands / 2 + 1);
}

/// Twice at once; what the two were told fits one effect.
void retry_twice(std::uint16_t port, const std::string& id) {
  const auto path = "/api/dead-letters/" + id + "/retry";
  const auto retry = [&] {
    return http_client{port}.ask("POST", path);
  };
  auto other = std::async(std::launch::async, retry);
  const http_result both[] = {retry(), other.get()};
  unsigned fresh = 0;
  for (const auto& got : both) {
    CAPTURE(got.response.body);
    const auto is_done = got.status() == 200;
    CHECK((is_done || got.status() == 404 || got.status() == 409));
    fresh += is_done && got.response.field("Idempotent-Replayed").empty();
  }
  CHECK(fresh == 1);
}

} // namespace

TEST_CASE("poison commands are one dead letter each, others are unharmed") {
  auto random = seeded_engine();
  campaign trial{plan_of(random()), in_memory()};
  trial.use(POISONED_PROGRAM);
  trial.start();
  trial.clients().start(trial.node().port());
  for (const auto& got : send_all(trial.node().port())) {
    CHECK(got.status() == 500);
    CHECK(body_of(got)["code"] == "internal");
  }
  // Keys come back, and stay the same letters.
  for (const auto i : {0u, 2u})
    CHECK(send_poison(trial.node().port(), i).status() == 500);
  auto letters = letters_of(trial.node().port());
  for (const auto i : {0u, 2u}) {
    const auto again =
        std::find_if(letters.begin(), letters.end(), [&](const json& each) {
          return each.value("idempotencyKey", "") == key_of(i);
        });
    REQUIRE(again != letters.end());
    CHECK((*again)["attempts"] == 8);
    (*again)["attempts"] = 4;
  }
  check_letters(letters);
  CHECK(sum_of(trial.node().port(), "holdfast_dead_letters ")
        == poisoned_commands);
  trial.clients().stop();
  for (const auto& each : trial.clients().calls())
    CHECK(each.status < 500);
  // Letters survive the end of the process, and of the load's checks: nothing
  // of them was applied.
  trial.node().program().kill();
  trial.start();
  CHECK(letters_of(trial.node().port()).size() == poisoned_commands);
  MESSAGE(count(trial.clients().calls()));
  trial.finish();
}

TEST_CASE("an open circuit is told to be half-open though nobody asks") {
  campaign trial{plan_of(1), in_memory()};
  trial.use(POISONED_PROGRAM);
  trial.launch({}, {"--retry-times=0", "--breaker-threshold=0.5",
                    "--breaker-cooldown-ms=1000"});
  REQUIRE_MESSAGE(trial.node().wait_ready(), trial.node().program().err());
  const auto port = trial.node().port();
  for (int i = 0; i < 2; ++i)
    send_all(port);
  const auto of = [&](const std::string& metric, const std::string& state) {
    return sum_of(port, "holdfast_breaker_" + metric
                            + "{breaker=\"api\",state=\"" + state + "\"} ");
  };
  CHECK(wait_until([&] { return of("state", "half_open") == 1; }));
  const auto opened = of("transitions_total", "open");
  CHECK(opened > 0);
  CHECK(of("transitions_total", "half_open") == opened);
  // Enough commands that nothing is wrong with close it.
  CHECK(wait_until([&] {
    const auto path = record_path("store-1", "well") + "/adjust";
    CHECK(http_client{port}.ask("POST", path, R"({"delta":1})").status()
          == 200);
    return of("state", "closed") == 1;
  }));
  trial.node().program().kill();
}

TEST_CASE("letters of a defect that is gone are applied once") {
  campaign trial{plan_of(1), in_memory()};
  trial.use(POISONED_PROGRAM);
  trial.start();
  send_all(trial.node().port());
  trial.node().program().kill();
  // The defect is repaired.
  trial.use({});
  trial.start();
  const auto letters = letters_of(trial.node().port());
  check_letters(letters);
  const auto last = letters.back()["id"].get<std::string>();
  for (const auto& each : letters)
    if (each["id"] != last)
      retry_twice(trial.node().port(), each["id"]);
  http_client client{trial.node().port()};
  CHECK(client.ask("DELETE", "/api/dead-letters/" + last).status() == 200);
  CHECK(letters_of(trial.node().port()).empty());
  CHECK(client.ask("POST", "/api/dead-letters/" + last + "/retry").status()
        == 404);
  trial.node().program().kill();
  const auto journal = dump(trial.data_dir());
  CHECK(journal.size() == poisoned_commands - 1);
  for (const auto& each : journal)
    CHECK(each.delta == 1'000);
  CHECK(run_verify(trial.directory()).exit_code == 0);
}
