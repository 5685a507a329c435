// What the protocol of CAF would believe, and a node does not.
#include <doctest/doctest.h>

#include <thread>
#include <vector>

#include "tests/cluster/impostor.hpp"
#include "tests/support/pace.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::cluster_test;
using namespace holdfast::live;
using namespace std::chrono_literals;

namespace {

/// It answers, and takes part in the cluster.
void check_member(cluster_node& node, const std::string& store) {
  REQUIRE(node.process().program().is_running());
  const auto made =
      node.ask(post("/api/cluster/nodes/" + node.name() + "/stores",
                    R"({"storeId":")" + store + "\"}"));
  CHECK(made.status == 201);
  CHECK(node.ask(get(record_path("s", store))).status == 404);
}

} // namespace

TEST_CASE("a message without content ends no node") {
  cluster_node node{"n1", {"store-a"}};
  node.start();
  constexpr char heartbeat = 6;
  for (char operation = 0; operation < 8; ++operation)
    // Some of these look whole only where the first word is not zero.
    for (const std::uint64_t number : {0, 1}) {
      if (operation == heartbeat)
        continue;
      CAPTURE(static_cast<int>(operation));
      CAPTURE(number);
      raw_client other{node.node_port(), 5s};
      auto head = head_of(operation, 0);
      head.replace(8, 8, word(number));
      (void)other.send(head);
      CHECK(other.is_ended_by_peer());
    }
  check_member(node, "store-b");
}

TEST_CASE("a stranger ends no actor of a node") {
  cluster_node node{"n1", {"store-a"}};
  cluster_node member{"n2", {"store-c"}};
  node.start();
  member.start(&node);
  std::size_t number = 0;
  for (const auto* type : {"@error", "@exit", "@down"}) {
    CAPTURE(type);
    impostor other{node, ++number};
    CHECK(other.say_of_system(type, std::string_view{type} != "@error"));
    CHECK(other.beat());
    check_member(node, "store-" + std::to_string(number));
  }
  CHECK(node.seen("n2")["state"] == "up");
  CHECK(member.ask(get(record_path("s", "store-a"))).status == 404);
}

TEST_CASE("names that come and go leave nothing behind") {
  constexpr std::size_t names = 4'000;
  cluster_node node{"n1", {"store-a"}};
  node.start();
  const auto pid = node.process().program().pid();
  const auto greet = [&](std::size_t from) {
    for (auto number = from; number < from + names; ++number)
      CHECK(impostor{node, number}.beat());
  };
  greet(0);
  const auto before = resident_bytes(pid);
  greet(names);
  // CAF kept 1,800 bytes of each.
  if constexpr (!test::is_sanitized)
    CHECK(resident_bytes(pid) <= before + names * 500);
  check_member(node, "store-b");
}

TEST_CASE("a crowd of senders costs little and keeps no node apart") {
  constexpr std::size_t callers = 8;
  constexpr std::size_t rounds = 60;
  cluster_node node{"n1", {"store-a"}};
  cluster_node member{"n2", {"store-b"}};
  node.start();
  member.start(&node);
  const auto pid = node.process().program().pid();
  const auto before = resident_bytes(pid);
  std::vector<std::thread> crowd;
  for (std::size_t caller = 0; caller < callers; ++caller)
    crowd.emplace_back([&, caller] {
      for (std::size_t round = 0; round < rounds; ++round) {
        impostor other{node, callers * round + caller};
        other.say_as_many(1'200);
      }
    });
  for (auto& each : crowd)
    each.join();
  if constexpr (!test::is_sanitized)
    CHECK(resident_bytes(pid) <= before + std::size_t{8} * 1024 * 1024);
  CHECK(member.seen("n1")["state"] == "up");
  CHECK(member.ask(get(record_path("s", "store-a"))).status == 404);
}
