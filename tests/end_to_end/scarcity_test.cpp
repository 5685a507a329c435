// A thousand clients want a hundred units.
#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <set>

#include <sys/resource.h>

#include "tests/end_to_end/caller.hpp"
#include "tests/end_to_end/checks.hpp"
#include "tests/end_to_end/live_node.hpp"
#include "tests/support/seed.hpp"

using namespace holdfast;
using namespace holdfast::live;

namespace {

constexpr std::size_t buyer_count = 1'000;
constexpr std::size_t unit_count = 100;

/// Both sides of every connection need a descriptor; a node started later
/// inherits the limit.
void allow_many_connections() {
  rlimit limit{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &limit) == 0);
  limit.rlim_cur = limit.rlim_max;
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &limit) == 0);
}

/// Every client is connected before the first one asks, and all have asked
/// before the first one listens.
std::vector<raw_response> ask_at_once(std::uint16_t port, std::string what) {
  auto engine = seeded_engine();
  std::vector<std::unique_ptr<raw_client>> clients;
  for (std::size_t i = 0; i < buyer_count; ++i)
    clients.push_back(std::make_unique<raw_client>(port));
  std::shuffle(clients.begin(), clients.end(), engine);
  for (const auto& each : clients)
    REQUIRE(each->send(what));
  std::vector<raw_response> answers;
  for (const auto& each : clients) {
    auto answer = each->receive();
    REQUIRE(answer.has_value());
    answers.push_back(std::move(*answer));
  }
  return answers;
}

void check_scarcity(std::vector<std::string> flags) {
  allow_many_connections();
  live_node node{std::move(flags)};
  caller client{node.port()};
  const auto path = record_path("rare");
  client.ask(put(path, R"({"onHand":100})", if_new));
  const auto answers = ask_at_once(
      node.port(), to_bytes(post(path + "/reserve", R"({"quantity":1})")));
  std::set<std::string> holds;
  for (const auto& answer : answers)
    if (answer.status == 201)
      holds.insert(answer.field("Location"));
    else
      check_problem(answer, 409, "insufficient_stock",
                    {{"requested", 1}, {"available", 0}});
  CHECK(holds.size() == unit_count);
  check_record(client.ask(get(path)), 200, {"rare"}, {101, 100, 100});
  const auto log = body_of(client.ask(get("/api/events?limit=1000")));
  CHECK(log["events"].size() == unit_count + 1);
}

} // namespace

TEST_CASE("1,000 clients get 100 units, with the limits of a fresh install") {
  check_scarcity({"--concurrency-api", "16", "--load-shed-queue-max", "1000",
                  "--breaker-threshold", "0.5"});
}

TEST_CASE("1,000 clients get 100 units, without limits") {
  check_scarcity({});
}

TEST_CASE("1,000 clients get 100 units, with threads for everything") {
  check_scarcity({"--http-threads", "2", "--actor-threads", "4"});
}
