// Nodes that are far from each other.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "holdfast/node_limits.hpp"
#include "tests/cluster/nodes.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::cluster_test;
using namespace std::chrono_literals;

namespace {

sockaddr_in loopback(std::uint16_t port) {
  return {AF_INET, htons(port), {htonl(INADDR_LOOPBACK)}, {}};
}

/// Carries what comes to its port to another, and back, after a while.
class long_way {
public:
  long_way(std::uint16_t target, std::chrono::milliseconds span)
      : target_(target), span_(span) {
    auto at = loopback(0);
    socklen_t size = sizeof at;
    auto* address = reinterpret_cast<sockaddr*>(&at);
    REQUIRE(bind(door_, address, size) == 0);
    REQUIRE(listen(door_, SOMAXCONN) == 0);
    REQUIRE(getsockname(door_, address, &size) == 0);
    port_ = ntohs(at.sin_port);
    thread_ = std::thread{[this] {
      while (!is_over_)
        carry();
    }};
  }
  long_way(const long_way&) = delete;
  long_way& operator=(const long_way&) = delete;
  ~long_way() {
    is_over_ = true;
    thread_.join();
    for (const auto& [from, to] : ways_)
      close(from);
    close(door_);
  }

  std::uint16_t port() const noexcept {
    return port_;
  }

private:
  using clock = std::chrono::steady_clock;

  /// Empty for the end of that direction.
  struct piece {
    clock::time_point due;
    int to = -1;
    std::string bytes;
  };

  void carry() {
    std::vector<pollfd> all{{door_, POLLIN, 0}};
    for (const auto& [from, to] : ways_)
      all.push_back({ended_.contains(from) ? -1 : from, POLLIN, 0});
    constexpr int tick_ms = 5;
    poll(all.data(), all.size(), tick_ms);
    for (std::size_t i = 1; i < all.size(); ++i)
      if (all[i].revents != 0)
        take(all[i].fd);
    if (all[0].revents != 0)
      connect_both();
    for (; !held_.empty() && held_.front().due <= clock::now();
         held_.pop_front())
      hand_on(held_.front());
  }
  void connect_both() {
    const auto near = accept(door_, nullptr, nullptr);
    const auto far = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto to = loopback(target_);
    (void)connect(far, reinterpret_cast<const sockaddr*>(&to), sizeof to);
    ways_[near] = far;
    ways_[far] = near;
  }
  void take(int from) {
    std::array<char, 65'536> buffer;
    const auto count = recv(from, buffer.data(), buffer.size(), 0);
    if (count <= 0)
      ended_.insert(from);
    const auto size = static_cast<std::size_t>(std::max<ssize_t>(count, 0));
    held_.push_back({clock::now() + span_, ways_[from], {buffer.data(), size}});
  }
  static void hand_on(const piece& what) {
    if (what.bytes.empty())
      shutdown(what.to, SHUT_WR);
    else
      (void)send(what.to, what.bytes.data(), what.bytes.size(), MSG_NOSIGNAL);
  }

  const std::uint16_t target_;
  const std::chrono::milliseconds span_;
  const int door_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::uint16_t port_ = 0;
  /// Both directions of each connection.
  std::map<int, int> ways_;
  std::set<int> ended_;
  std::deque<piece> held_;
  std::atomic<bool> is_over_{false};
  std::thread thread_;
};

} // namespace

TEST_CASE("a node may be farther away than the time between heartbeats") {
  cluster_node first{"n1", {"store-a"}};
  first.start();
  const long_way way{first.node_port(), limits::heartbeat_period + 200ms};
  const storage::testing::temp_dir directory;
  test::node_plan plan;
  plan.directory = directory.path();
  plan.stores = {"store-b"};
  plan.command = "join";
  // Nobody can go round the long way and call it.
  plan.flags = {
      "--node-name", "n2", "--port", "auto",
      "--node-port", "0",  "--join", "127.0.0.1:" + std::to_string(way.port())};
  test::node_process second{std::move(plan)};
  const bool is_ready = second.wait_ready(test::patience);
  CAPTURE(second.program().err());
  REQUIRE(is_ready);
  expect_soon([&] { return first.seen("n2").at("state") == "up"; });
}
