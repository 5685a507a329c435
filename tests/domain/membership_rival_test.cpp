// Nodes that want the same store at the same time, and what a node waits for.
#include <doctest/doctest.h>

#include "tests/domain/member_net.hpp"

using namespace holdfast;
using namespace holdfast::test;
using namespace std::chrono_literals;

namespace {

using state = peer_view::state;
using kind = member_note::kind;

void check_whole(member_net& net) {
  for (const std::string from : {"n1", "n2", "n3"})
    for (const std::string to : {"n1", "n2", "n3"})
      if (from != to)
        REQUIRE(net.seen(from, to) == state::up);
}

/// Reached by nobody.
void without_port(greeting& said) {
  said.who.at = {};
}

} // namespace

TEST_CASE("of two nodes that want the same store one gets it, and both stay") {
  for (const auto late : {0ms, 20ms, 40ms, 100ms}) {
    trio net;
    const auto before = net.greetings();
    REQUIRE(net.of("n3").want("x").empty());
    net.pass(late);
    const auto is_second = net.of("n1").want("x").empty();
    for (int i = 0; i < 100; ++i) {
      net.pass(20ms);
      check_whole(net);
    }
    CHECK(net.of("n1").is_settled());
    CHECK(net.of("n3").is_settled());
    CHECK(net.owners_of("x").size() == 1);
    if (late == 0ms) {
      CHECK(is_second);
      CHECK(net.of("n1").has("x"));
      CHECK(net.noted("n3", kind::was_refused)->detail
            == "store x is wanted by node n1");
    }
    CHECK(net.greetings() < before + 40);
    CHECK(net.of("n2").want("y").empty());
    net.pass(1s);
    CHECK(net.of("n2").has("y"));
  }
}

TEST_CASE("of two new nodes that want the same store one stays") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    member_net net{seed};
    net.start("n1", {"a"});
    net.start("n2", {"b"}, "n1");
    net.pass(1s);
    net.start("n3", {"x"}, "n1");
    net.pass(std::chrono::milliseconds{20 * (seed % 5)});
    net.start("n4", {"x"}, "n2");
    for (int i = 0; i < 500; ++i) {
      net.pass(20ms);
      for (const auto* name : {"n3", "n4"})
        if (net.runs(name) && !net.of(name).verdict().empty()) {
          // Its last words are on their way before it ends.
          net.pass(20ms);
          net.crash(name);
        }
    }
    CHECK(net.owners_of("x").size() == 1);
    CHECK(net.runs("n3") != net.runs("n4"));
    const auto winner = net.runs("n3") ? "n3" : "n4";
    CHECK(net.of(winner).has("x"));
    CHECK(net.of("n1").known().owner_of("x")->wanted.empty());
  }
}

TEST_CASE("what a node wants is told from what it has") {
  trio net;
  net.cut("n4", "n2");
  net.start("n4", {"e"}, "n1");
  net.pass(1s);
  const auto& seen = *net.of("n1").known().find("n4");
  CHECK(seen.stores == std::vector<std::string>{"e"});
  CHECK(seen.wanted == seen.stores);
  CHECK(net.of("n4").obstacle() == "waits for the consent of n2 (away)");
  net.pass(10s);
  CHECK(net.noted("n4", kind::waits)->detail == net.of("n4").obstacle());
  net.heal();
  net.pass(3s);
  CHECK(net.of("n4").obstacle().empty());
  CHECK(net.of("n3").known().find("n4")->wanted.empty());
}

TEST_CASE("two nodes that cannot call each other are told so") {
  trio net;
  net.start("n4", {"e"}, "n1", without_port);
  net.pass(2s);
  CHECK(net.of("n4").has("e"));
  net.start("n5", {"f"}, "n1", without_port);
  net.pass(5s);
  CHECK_FALSE(net.of("n5").has("f"));
  CHECK(net.of("n5").obstacle()
        == "waits for the consent of n4 (away, and neither can call the other: "
           "of any two nodes at least one needs a node port)");
}

TEST_CASE("a retired node is not called any more") {
  trio net;
  net.crash("n2");
  net.pass(100ms);
  REQUIRE(net.of("n1").retire("n2", net.now()).empty());
  (void)net.of("n1").take_orders();
  for (int i = 0; i < 100; ++i) {
    net.of("n1").advance(net.now() + i * 100ms);
    for (const auto& order : net.of("n1").take_orders())
      CHECK(order.to.host != "n2");
  }
}
