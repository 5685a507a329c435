// What a node knows after it was ended, kindly or not.
#include <doctest/doctest.h>

#include "tests/end_to_end/caller.hpp"
#include "tests/end_to_end/checks.hpp"
#include "tests/end_to_end/live_node.hpp"
#include "tests/end_to_end/replays.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::live;

namespace {

/// Pages that a restart must leave as they are, byte for byte.
std::vector<request> lasting_pages(const std::vector<played>& script) {
  std::vector<request> pages = {get("/api/events?limit=1000"),
                                get(record_path("BANK CHARGES"))};
  for (const auto& each : script)
    if (each.answer.status == 201 && !each.answer.field("Location").empty())
      pages.push_back(get(each.answer.field("Location")));
  return pages;
}

std::vector<std::string> read_all(caller& client,
                                  const std::vector<request>& pages) {
  std::vector<std::string> bodies;
  for (const auto& page : pages) {
    const auto answer = client.ask(page);
    CHECK(answer.status == 200);
    bodies.push_back(answer.body);
  }
  return bodies;
}

/// Plays everything, ends the node by `end`, and looks for differences.
template <class End>
void check_restart(End end) {
  live_node node;
  auto client = std::make_unique<caller>(node.port());
  const auto script = play_everything(*client, "BANK CHARGES");
  const auto pages = lasting_pages(script);
  const auto before = read_all(*client, pages);
  for (int round = 0; round < 2; ++round) {
    end(node);
    CHECK_FALSE(node.is_running());
    node.start();
    client = std::make_unique<caller>(node.port());
    CHECK(read_all(*client, pages) == before);
    for (const auto& each : script)
      check_replay(client->ask(each.what), each);
    CHECK(read_all(*client, pages) == before);
  }
  const auto version =
      body_of(client->ask(get(record_path("BANK CHARGES"))))["version"]
          .get<std::uint64_t>();
  const auto next = client->ask(
      post(record_path("BANK CHARGES") + "/adjust", R"({"delta":1})"));
  CHECK(body_of(next)["version"] == version + 1);
}

} // namespace

TEST_CASE("a node that drained knows everything again") {
  check_restart([](live_node& node) { node.stop(); });
}

TEST_CASE("a node that was killed knows everything again") {
  check_restart([](live_node& node) { node.kill(); });
}

TEST_CASE("a key is forgotten in time although the node was down") {
  live_node node{{"--idemp-ttl-ms", "2000"}};
  const auto what =
      post(record_path("a") + "/adjust", R"({"delta":1})", keyed("k"));
  const auto first = caller{node.port()}.ask(what);
  node.kill();
  node.start();
  caller client{node.port()};
  raw_response fresh;
  REQUIRE(test::wait_until([&] {
    fresh = client.ask(what);
    if (fresh.field("Idempotent-Replayed").empty())
      return true;
    check_replay(fresh, {what, first});
    return false;
  }));
  check_record(fresh, 200, {"a"}, {2, 2});
  CHECK(time_ms(body_of(fresh)["updatedAt"])
        >= time_ms(body_of(first)["updatedAt"]) + 2'000);
}

TEST_CASE("the usual life of a hold can be set") {
  live_node node{{"--reservation-ttl-s", "7"}};
  caller client{node.port()};
  const auto path = record_path("a");
  client.ask(put(path, R"({"onHand":10})", if_new));
  const auto taken = client.ask(post(path + "/reserve", R"({"quantity":1})"));
  const auto hold = body_of(taken)["reservation"];
  CHECK(time_ms(hold["expiresAt"]) == time_ms(hold["createdAt"]) + 7'000);
}

TEST_CASE("a hold ends in time although the node was down") {
  live_node node;
  caller before{node.port()};
  const auto path = record_path("a");
  before.ask(put(path, R"({"onHand":10})", if_new));
  const auto taken =
      before.ask(post(path + "/reserve", R"({"quantity":4,"ttlSeconds":1})"));
  const auto place = taken.field("Location");
  node.kill();
  node.start();
  caller after{node.port()};
  const auto state = [&] {
    return body_of(after.ask(get(place)))["state"];
  };
  REQUIRE(test::wait_until([&] { return state() == "expired"; }));
  check_record(after.ask(get(path)), 200, {"a"}, {3, 10});
  const auto record = body_of(after.ask(get(path)));
  CHECK(time_ms(record["updatedAt"])
        >= time_ms(body_of(taken)["reservation"]["expiresAt"]));
}
