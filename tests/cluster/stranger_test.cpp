// What comes to the node port and is no node.
#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <thread>

#include "holdfast/node_limits.hpp"
#include "tests/cluster/impostor.hpp"
#include "tests/cluster/nodes.hpp"
#include "tests/support/pace.hpp"
#include "tests/support/seed.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::cluster_test;
using namespace holdfast::live;
using namespace std::chrono_literals;

TEST_CASE("garbage at the node port changes nothing and costs little") {
  auto random = seeded_engine();
  cluster_node node{"n1", {"store-a"}};
  node.start();
  const auto pid = node.process().program().pid();
  CHECK(
      node.ask(post(record_path("s", "store-a") + "/adjust", R"({"delta":3})"))
          .status
      == 200);
  const auto before = resident_bytes(pid);
  auto peak = before;
  std::vector<std::unique_ptr<raw_client>> open;
  for (int i = 0; i < 300; ++i) {
    auto client = std::make_unique<raw_client>(node.node_port(), 200ms);
    std::string bytes;
    // A greeting of four GiB, in both orders of its bytes, or noise.
    if (i % 3 == 0)
      bytes = head_of(1, 0xffffffff);
    else if (i % 3 == 1)
      bytes = head_of(static_cast<char>(random() % 8), 0x0000ffff << (i % 16));
    else
      for (std::size_t n = random() % 4'000; n > 0; --n)
        bytes.push_back(static_cast<char>(random()));
    (void)client->send(bytes);
    open.push_back(std::move(client));
    peak = std::max(peak, resident_bytes(pid));
  }
  CHECK(peak - before <= std::size_t{64} * 1024 * 1024);
  CHECK(node.process().program().is_running());
  CHECK(node.ask_json(get(record_path("s", "store-a")))["onHand"] == 3);
  CHECK(node.ask_json(get("/api/cluster"))["nodes"].size() == 1);
  // Whoever is a node gets in, however many of them stay.
  for (int i = 0; i < 100; ++i)
    open.push_back(std::make_unique<raw_client>(node.node_port(), 200ms));
  cluster_node guest{"n2", {"store-b"}};
  guest.start(&node);
  CHECK(node.ask(get(record_path("s", "store-b"))).status == 404);
}

TEST_CASE("who has not introduced itself cannot fill the buffers of members") {
  cluster_node node{"n1", {"store-a"}};
  node.start();
  const auto pid = node.process().program().pid();
  const auto before = resident_bytes(pid);
  auto peak = before;
  std::vector<std::unique_ptr<raw_client>> open;
  const auto size = limits::node_message_bytes_max;
  const auto bytes = head_of(1, static_cast<std::uint32_t>(size))
                     + std::string(size - 1, '\0');
  for (std::size_t i = 0; i < limits::node_connections_max; ++i) {
    open.push_back(std::make_unique<raw_client>(node.node_port(), 200ms));
    (void)open.back()->send(bytes);
    peak = std::max(peak, resident_bytes(pid));
  }
  if constexpr (!test::is_sanitized)
    CHECK(peak - before <= std::size_t{16} * 1024 * 1024);
}

TEST_CASE("who only says that it is a node may not say much") {
  cluster_node node{"n1", {"store-a"}};
  node.start();
  const auto pid = node.process().program().pid();
  const auto before = resident_bytes(pid);
  for (std::size_t i = 0; i < 3; ++i) {
    impostor other{node, i};
    std::uint64_t said = 0;
    while (said < 200'000 && other.say(++said)) {
      // What CAF keeps for each of them is there until the end.
    }
    CHECK(said < 200'000);
  }
  impostor other{node, 3};
  other.say_much(limits::node_stranger_bytes_max + 1);
  expect_soon([&] { return !other.beat(); });
  if constexpr (!test::is_sanitized)
    CHECK(resident_bytes(pid) - before <= std::size_t{16} * 1024 * 1024);
  CHECK(node.ask(get(record_path("s", "store-a"))).status == 404);
}

TEST_CASE("who only says that it is a node keeps none out") {
  cluster_node node{"n1", {"store-a"}};
  node.start();
  std::vector<std::unique_ptr<impostor>> all;
  for (std::size_t i = 0; i < limits::node_connections_max; ++i)
    all.push_back(std::make_unique<impostor>(node, i));
  cluster_node guest{"n2", {"store-b"}};
  guest.start(&node);
  CHECK(node.ask(get(record_path("s", "store-b"))).status == 404);
  // Nor do they stay.
  expect_soon([&] {
    std::this_thread::sleep_for(100ms);
    return std::none_of(all.begin(), all.end(),
                        [](auto& each) { return each->beat(); });
  });
  CHECK(node.seen("n2")["state"] == "up");
}
