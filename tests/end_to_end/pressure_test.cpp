// More work than a node takes, and a node that is told to end amid work.
#include <doctest/doctest.h>

#include <memory>

#include "tests/end_to_end/caller.hpp"
#include "tests/end_to_end/checks.hpp"
#include "tests/end_to_end/live_node.hpp"

using namespace holdfast;
using namespace holdfast::live;

namespace {

constexpr std::size_t client_count = 300;

const auto increment =
    to_bytes(post(record_path("a") + "/adjust", R"({"delta":1})"));

using clients = std::vector<std::unique_ptr<raw_client>>;

/// Clients that have asked for one unit each and not listened yet.
clients ask_at_once(std::uint16_t port) {
  clients made;
  for (std::size_t i = 0; i < client_count; ++i)
    made.push_back(std::make_unique<raw_client>(port));
  for (const auto& each : made)
    REQUIRE(each->send(increment));
  return made;
}

/// How many of them were granted; the rest was refused with `code`, or not
/// answered where that is allowed.
std::int64_t count_granted(const clients& all, std::string_view code,
                           bool may_be_silent) {
  std::int64_t granted = 0;
  for (const auto& each : all) {
    const auto answer = each->receive();
    CHECK((answer.has_value() || may_be_silent));
    if (!answer)
      continue;
    if (answer->status == 200)
      ++granted;
    else
      check_problem(*answer, 503, code);
  }
  return granted;
}

std::int64_t units(live_node& node) {
  caller client{node.port()};
  const auto answer = client.ask(get(record_path("a")));
  return answer.status == 404 ? 0
                              : body_of(answer)["onHand"].get<std::int64_t>();
}

} // namespace

TEST_CASE("too much work is refused, and only what was granted is done") {
  live_node node{{"--concurrency-api", "1", "--load-shed-queue-max", "10"}};
  const auto asked = ask_at_once(node.port());
  caller watcher{node.port()};
  for (const auto* page : {"", "/liveness", "/readiness"})
    CHECK(watcher.ask(get("/api/health" + std::string{page})).status == 200);
  const auto granted = count_granted(asked, "overloaded", false);
  CHECK(granted > 0);
  CHECK(granted < static_cast<std::int64_t>(client_count));
  CHECK(units(node) == granted);
}

TEST_CASE("a node that is told to end answers for all it did") {
  live_node node;
  std::int64_t granted = 0;
  for (int round = 0; round < 5; ++round) {
    const auto asked = ask_at_once(node.port());
    node.stop();
    // What it had not read yet is not answered, and must not have been done.
    granted += count_granted(asked, "shutting_down", true);
    node.start();
    CHECK(units(node) == granted);
  }
}

TEST_CASE("who waits to be accepted when a node ends is told so") {
  for (int round = 0; round < 5; ++round) {
    live_node node{{"--connections-max", "1"}};
    raw_client holder{node.port()};
    REQUIRE(holder.send(increment));
    REQUIRE(holder.receive());
    clients waiting;
    for (int i = 0; i < 5; ++i) {
      waiting.push_back(std::make_unique<raw_client>(node.port()));
      REQUIRE(waiting.back()->send(increment));
    }
    node.stop();
    CHECK(count_granted(waiting, "shutting_down", false) == 0);
  }
}
