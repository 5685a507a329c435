// When a node may say that there is no such store.
#include <doctest/doctest.h>

#include "tests/domain/member_net.hpp"

using namespace holdfast;
using namespace holdfast::test;
using namespace std::chrono_literals;

TEST_CASE("who founds a cluster knows all of it, and goes on knowing it") {
  member_net net{1};
  CHECK(net.start("n1", {"a"}).is_whole());
  // One that is not there yet, and may never be.
  net.start("n2", {"c"}, "n1");
  for (int i = 0; i < 50; ++i) {
    CHECK(net.of("n1").is_whole());
    net.pass(20ms);
  }
}

TEST_CASE("who joins knows nothing before a member told all it knows") {
  member_net net{2};
  const auto& second = net.start("n2", {"c"}, "n1");
  net.pass(5s);
  CHECK_FALSE(second.is_whole());
  net.start("n1", {"a"});
  net.pass(5s);
  CHECK(second.is_whole());
  CHECK(second.known().owner_of("a") != nullptr);
  net.crash("n1");
  net.pass(5s);
  CHECK(second.is_whole());
}

TEST_CASE("who has no store itself cannot tell what others have") {
  trio net;
  for (const std::string name : {"n1", "n2", "n3"})
    net.crash(name);
  net.start("n1", {"a", "b"});
  CHECK_FALSE(net.of("n1").is_whole());
  // It needs the consent of those that are away.
  net.start("n4", {"e"}, "n1");
  net.pass(3s);
  CHECK(net.seen("n1", "n4") == peer_view::state::up);
  CHECK_FALSE(net.of("n1").is_whole());
  net.start("n3", {"d"}, "n2");
  net.pass(3s);
  CHECK(net.of("n1").is_whole());
  CHECK(net.of("n3").is_whole());
}

TEST_CASE("those that find nobody but each other are the cluster") {
  member_net net{3};
  net.start("n2", {"c"}, "n1");
  net.start("n3", {"d"}, "n2");
  net.pass(5s);
  CHECK(net.of("n2").has("c"));
  CHECK(net.of("n2").is_whole());
  CHECK(net.of("n3").is_whole());
}

TEST_CASE("nobody is waited for that an operator gave up") {
  trio net;
  for (const std::string name : {"n1", "n2", "n3"})
    net.crash(name);
  net.start("n1", {"a", "b"});
  CHECK(net.of("n1").retire("n2", net.now()).empty());
  CHECK_FALSE(net.of("n1").is_whole());
  CHECK(net.of("n1").retire("n3", net.now()).empty());
  CHECK(net.of("n1").is_whole());
}
