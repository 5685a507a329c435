#include <doctest/doctest.h>

#include "http/peer_name.hpp"
#include "http/rate_fields.hpp"
#include "tests/http/keys_of.hpp"
#include "tests/http/requests.hpp"

using namespace holdfast;
using namespace holdfast::http;

namespace {

const std::vector<std::string> health_pages = {
    "/api/health", "/api/health/liveness", "/api/health/readiness"};

settings limited_to(std::uint32_t rps, std::uint32_t burst) {
  settings with;
  with.rate_limit_rps = rps;
  with.rate_limit_burst = burst;
  return with;
}

/// A node with one thread.
struct door_fixture {
  admission_control control;
  door in{control};
  authenticator gate;

  explicit door_fixture(const settings& with = limited_to(1, 2))
      : control(with) {
    // nop
  }
  interpretation ask(api_request request, std::string_view client = "a") {
    request.client = client;
    return interpret(request, "request-1", "n1", gate, in);
  }
  api_response refusal(api_request request, std::string_view client = "a") {
    auto found = ask(std::move(request), client);
    REQUIRE(std::holds_alternative<api_response>(found.next));
    return std::get<api_response>(std::move(found.next));
  }
};

std::string name_of(const char* address) {
  return std::string{peer_name{asio::ip::make_address(address)}.text()};
}

} // namespace

TEST_CASE("who asks too often is told when to come back") {
  door_fixture node;
  CHECK(node.ask(get(base)).rate.remaining == 1);
  CHECK(node.ask(get("/nothing")).rate.remaining == 0);
  const auto refused = node.refusal(get(base));
  CHECK(refused.status == 429);
  CHECK(refused.code == error_code::rate_limited);
  CHECK(refused.retry_after_s == 1);
  CHECK(node.ask(get(base), "b").rate.is_granted);
  CHECK(node.control.counters->rate_limited == 1);
}

TEST_CASE("no refusal is free of charge") {
  door_fixture node;
  CHECK(node.refusal(send("POST", base + "/adjust", "{")).status == 400);
  CHECK(node.refusal(send("DELETE", base, "")).status == 405);
  CHECK(node.refusal(get("/nothing")).status == 429);
}

TEST_CASE("health is never limited, shed or counted") {
  door_fixture node;
  node.control.counters->in_flight = 100'000;
  for (int i = 0; i < 10; ++i)
    for (const auto& page : health_pages) {
      const auto found = node.ask(get(page));
      CHECK(std::holds_alternative<page_request>(found.next));
      CHECK_FALSE(found.rate.is_counted);
    }
  CHECK(node.refusal(get(base)).code == error_code::overloaded);
}

TEST_CASE("a limit of 0 is none") {
  door_fixture node{limited_to(0, 1)};
  for (int i = 0; i < 1'000; ++i)
    CHECK_FALSE(node.ask(get(base)).rate.is_counted);
  CHECK(node.control.rate_policy.empty());
}

TEST_CASE("what waits is counted over all threads, and bounds what comes") {
  auto with = limited_to(0, 1);
  with.concurrency_api = 16;
  with.load_shed_queue_max = 100;
  door_fixture node{with};
  door other{node.control};
  node.control.counters->in_flight = 115;
  CHECK(std::holds_alternative<operation_ptr>(node.ask(get(base)).next));
  node.control.counters->in_flight = 116;
  const auto refused = node.refusal(send("POST", base + "/adjust", "{"));
  CHECK(refused.status == 503);
  CHECK(refused.code == error_code::overloaded);
  CHECK(refused.retry_after_s == 1);
  CHECK(node.refusal(get("/api/events")).status == 503);
  CHECK(other.admit(&all_routes().front(), "a").code == error_code::overloaded);
  // What needs no place in the queue finds none missing.
  CHECK(node.refusal(get("/nothing")).status == 404);
  CHECK(std::holds_alternative<page_request>(
      node.ask(get("/api/inventory/stores")).next));
  CHECK(node.control.counters->shed_queue_full == 3);
}

TEST_CASE("what waits for other nodes makes nobody wait here") {
  auto with = limited_to(0, 1);
  with.concurrency_api = 16;
  with.load_shed_queue_max = 100;
  door_fixture node{with};
  node.control.counters->in_flight = 1'000;
  node.control.counters->away = 885;
  CHECK(std::holds_alternative<operation_ptr>(node.ask(get(base)).next));
  node.control.counters->away = 884;
  CHECK(node.refusal(get(base)).code == error_code::overloaded);
  // One may be counted on either side for a moment.
  node.control.counters->away = -1;
  CHECK(node.refusal(get(base)).code == error_code::overloaded);
  node.control.counters->away = 1'001;
  CHECK(std::holds_alternative<operation_ptr>(node.ask(get(base)).next));
}

TEST_CASE("a node has room for so many requests, wherever they wait") {
  auto with = limited_to(0, 1);
  with.load_shed_queue_max = 0;
  door_fixture node{with};
  node.control.counters->in_flight = limits::in_flight_max - 1;
  CHECK(std::holds_alternative<operation_ptr>(node.ask(get(base)).next));
  node.control.counters->in_flight = limits::in_flight_max;
  node.control.counters->away = limits::in_flight_max;
  CHECK(node.refusal(get(base)).code == error_code::overloaded);
}

TEST_CASE("the rate is told in the fields of the draft") {
  const door_fixture node{limited_to(100, 200)};
  CHECK(node.control.rate_policy == R"("default";q=200;w=2)");
  CHECK(rate_field({true, true, 199}) == R"("default";r=199;t=1)");
  CHECK(rate_field({true, true, 4'294'967'295})
        == R"("default";r=4294967295;t=1)");
}

TEST_CASE("a client is its address, or the network of a subscriber") {
  CHECK(name_of("192.0.2.1") != name_of("192.0.2.2"));
  CHECK(name_of("192.0.2.1") == name_of("::ffff:192.0.2.1"));
  CHECK(name_of("2001:db8:1:2::1") == name_of("2001:db8:1:2:ffff::9"));
  CHECK(name_of("2001:db8:1:2::1") != name_of("2001:db8:1:3::1"));
  CHECK(name_of("::1") != name_of("0.0.0.0"));
}

TEST_CASE("who has a key is counted by it, wherever it calls from") {
  door_fixture node;
  node.gate.use(test::keys_of({{"shop", role::writer}}));
  auto known = get(base);
  known.authorization = "Bearer shop";
  CHECK(node.ask(known, "a").rate.remaining == 1);
  CHECK(node.ask(known, "b").rate.remaining == 0);
  CHECK(node.refusal(known, "c").status == 429);
  // Whoever guesses pays with the address.
  auto guess = get(base);
  guess.authorization = "Bearer shpo";
  CHECK(node.refusal(guess, "a").status == 401);
  CHECK(node.refusal(guess, "a").status == 401);
  CHECK(node.refusal(guess, "a").status == 429);
}
