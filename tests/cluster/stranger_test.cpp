// What comes to the node port and is no node.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <thread>

#include "holdfast/node_limits.hpp"
#include "tests/cluster/nodes.hpp"
#include "tests/support/pace.hpp"
#include "tests/support/raw_client.hpp"
#include "tests/support/seed.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::cluster_test;
using namespace holdfast::live;
using namespace std::chrono_literals;

namespace {

std::size_t resident_bytes(pid_t pid) {
  std::ifstream in{"/proc/" + std::to_string(pid) + "/statm"};
  std::size_t total = 0;
  std::size_t resident = 0;
  in >> total >> resident;
  return resident * 4'096;
}

/// The head of a message of the protocol between nodes: operation, padding,
/// flags, length, three words.
std::string head_of(char operation, std::uint32_t length) {
  std::string head(8 + 3 * 8, '\0');
  head[0] = operation;
  for (int i = 0; i < 4; ++i)
    head[4 + i] = static_cast<char>(length >> (24 - 8 * i));
  return head;
}

std::string word(std::uint64_t value) {
  std::string made(8, '\0');
  for (int i = 0; i < 8; ++i)
    made[i] = static_cast<char>(value >> (56 - 8 * i));
  return made;
}

/// Somebody who speaks the protocol of CAF as a node of any name does, and who
/// is no member.
class impostor {
public:
  /// Another `number`, another name.
  impostor(const cluster_node& node, std::size_t number)
      : to_(node.node_port(), 5s) {
    const auto head = to_.take(head_bytes);
    const auto said = to_.take(static_cast<unsigned char>(head.at(7)));
    // It begins with an id, and the number of an actor comes last but one byte.
    actor_ = said.substr(said.size() - 9, 8);
    const auto id = said.substr(0, id_bytes - 8) + word(number);
    is_open_ = to_.send(head_of(1, id_bytes) + id);
  }

  /// A message to the member from an actor of that number, which nobody made.
  bool say(std::uint64_t from) {
    auto message = head_of(2, 1);
    message.replace(16, 16, word(from) + actor_);
    is_open_ = is_open_ && to_.send(message + '\0');
    return is_open_;
  }
  /// The same, far longer.
  void say_much(std::size_t bytes) {
    auto message = head_of(2, static_cast<std::uint32_t>(bytes));
    message.replace(16, 16, word(1) + actor_);
    (void)to_.send(message + std::string(bytes, '\0'));
  }
  bool beat() {
    is_open_ = is_open_ && to_.send(head_of(6, 0));
    return is_open_;
  }

private:
  static constexpr std::size_t head_bytes = 32;
  static constexpr std::size_t id_bytes = 32;

  raw_client to_;
  std::string actor_;
  bool is_open_ = true;
};

} // namespace

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
