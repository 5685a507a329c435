// Clients that ask more often than they may.
#include <doctest/doctest.h>

#include <chrono>

#include "tests/end_to_end/caller.hpp"
#include "tests/end_to_end/checks.hpp"
#include "tests/end_to_end/live_node.hpp"
#include "tests/end_to_end/metrics_page.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::live;
using namespace std::chrono_literals;

namespace {

const std::string policy = R"("default";q=5;w=5)";

/// One request a second, five at once; two threads, one quota.
struct rate_limit_fixture {
  live_node node{
      {"--rate-limit-rps=1", "--rate-limit-burst=5", "--http-threads=2"}};
  std::string adjust = record_path("a") + "/adjust";

  raw_response ask(const request& what, const char* from = nullptr) const {
    raw_client client{node.port(), test::patience, from};
    REQUIRE(client.send(to_bytes(what)));
    const auto answer = client.receive();
    REQUIRE(answer.has_value());
    return *answer;
  }
  /// Asks until it is refused; how often it was granted.
  int spend(const char* from = nullptr) {
    for (int granted = 0;; ++granted) {
      refused = ask(get("/api/inventory/stores"), from);
      if (refused.status != 200)
        return granted;
    }
  }
  raw_response refused;
};

} // namespace

TEST_CASE_FIXTURE(rate_limit_fixture, "every answer tells how much is left") {
  for (int left = 4; left >= 0; --left) {
    const auto answer = ask(get("/nothing"));
    CHECK(answer.status == 404);
    CHECK(answer.field("RateLimit-Policy") == policy);
    const auto said = answer.field("RateLimit");
    const std::string begin = R"("default";r=)";
    REQUIRE(said.starts_with(begin));
    // More than that where the machine took its time.
    const auto told = said[begin.size()] - '0';
    CHECK(told >= left);
    CHECK(told <= 4);
    // As a refusal does, until there is more and not until all is back.
    CHECK(said.ends_with(";t=1"));
  }
}

TEST_CASE_FIXTURE(rate_limit_fixture,
                  "too many requests are refused until later") {
  const auto start = std::chrono::steady_clock::now();
  const auto granted = spend();
  const auto took = std::chrono::steady_clock::now() - start;
  CHECK(granted >= 5);
  CHECK(granted <= 6 + took / 1s);
  check_problem(refused, 429, "rate_limited");
  CHECK(refused.field("Retry-After") == "1");
  CHECK(refused.field("RateLimit") == R"("default";r=0;t=1)");
  CHECK(refused.field("RateLimit-Policy") == policy);
  // Pages for operators are not limited, and tell of it.
  caller client{node.port()};
  CHECK(metrics_page{client}.sum("holdfast_rate_limited_total") > 0);
  const auto health = body_of(client.ask(get("/api/health/metrics")));
  CHECK(health["rateLimiter"]["enabled"] == true);
  CHECK(health["rateLimiter"]["burst"] == 5);
  CHECK(health["rateLimiter"]["refused"] > 0);
  CHECK(health["loadShedding"]["queueFull"] == 0);
  // A refusal is not remembered under the key.
  const auto asked = post(adjust, R"({"delta":1})", keyed("once"));
  CHECK(test::wait_until([&] { return ask(asked).status == 200; }));
}

TEST_CASE_FIXTURE(rate_limit_fixture, "health is not limited") {
  spend();
  for (int i = 0; i < 20; ++i)
    for (const auto* page : {"", "/liveness", "/readiness"}) {
      const auto answer = ask(get("/api/health" + std::string{page}));
      CHECK(answer.status == 200);
      CHECK(answer.field("RateLimit").empty());
    }
}

TEST_CASE_FIXTURE(rate_limit_fixture, "nobody spends what another has") {
  spend("127.0.0.2");
  CHECK(spend("127.0.0.3") >= 5);
}
