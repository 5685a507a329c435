// Addresses where nobody is, and nobody says so.
#include <doctest/doctest.h>

#include <csignal>
#include <vector>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/cluster/nodes.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::cluster_test;
using namespace holdfast::live;

namespace {

/// As a host without power: calls to it are dropped, since it listens with a
/// queue that is full.
class silent_address {
public:
  silent_address() {
    const auto door = make_socket();
    REQUIRE(bind(door, as_address(), sizeof at_) == 0);
    REQUIRE(listen(door, 0) == 0);
    socklen_t size = sizeof at_;
    REQUIRE(getsockname(door, as_address(), &size) == 0);
    constexpr int tries = 8;
    while (is_accepted())
      REQUIRE(open_.size() < tries);
  }
  silent_address(const silent_address&) = delete;
  silent_address& operator=(const silent_address&) = delete;
  ~silent_address() {
    for (const auto each : open_)
      close(each);
  }

  std::string text() const {
    return "127.0.0.1:" + std::to_string(ntohs(at_.sin_port));
  }

private:
  int make_socket() {
    const auto kind = SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
    open_.push_back(socket(AF_INET, kind, 0));
    REQUIRE(open_.back() >= 0);
    return open_.back();
  }
  sockaddr* as_address() {
    return reinterpret_cast<sockaddr*>(&at_);
  }
  bool is_accepted() {
    const auto made = make_socket();
    (void)connect(made, as_address(), sizeof at_);
    pollfd wait{made, POLLOUT, 0};
    constexpr int millis = 200;
    return poll(&wait, 1, millis) > 0;
  }

  sockaddr_in at_{AF_INET, 0, {htonl(INADDR_LOOPBACK)}, {}};
  std::vector<int> open_;
};

} // namespace

TEST_CASE("silent addresses keep no node from those that answer") {
  cluster_node healthy{"n1", {"store-a"}};
  healthy.start();
  const std::vector<silent_address> silent(6);
  std::string join;
  for (const auto& each : silent)
    join += each.text() + ",";
  join += "127.0.0.1:" + std::to_string(healthy.node_port());
  const storage::testing::temp_dir directory;
  test::node_plan plan;
  plan.directory = directory.path();
  plan.stores = {"store-b"};
  plan.command = "join";
  plan.flags = {"--node-name", "n2", "--port", "auto", "--join", join};
  test::node_process guest{std::move(plan)};
  const bool is_ready = guest.wait_ready(test::patience);
  CAPTURE(guest.program().err());
  REQUIRE(is_ready);
  expect_soon([&] { return healthy.seen("n2").at("state") == "up"; });
  // Nor do they keep it from its end.
  guest.program().send(SIGTERM);
  const auto end = guest.program().wait(test::patience);
  REQUIRE(end.has_value());
  CHECK(end->is_exit(0));
}
