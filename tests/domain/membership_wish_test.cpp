#include <doctest/doctest.h>

#include "tests/domain/member_net.hpp"

using namespace holdfast;
using namespace holdfast::test;
using namespace std::chrono_literals;

namespace {

using state = peer_view::state;
using kind = member_note::kind;

} // namespace

TEST_CASE("a new store needs the consent of every node") {
  trio net;
  CHECK(net.of("n2").want("a") == "store a belongs to node n1");
  CHECK(net.of("n2").want("x").empty());
  CHECK_FALSE(net.of("n2").has("x"));
  net.pass(1s);
  CHECK(net.of("n2").has("x"));
  CHECK(net.of("n3").known().owner_of("x")->name == "n2");
  net.crash("n3");
  net.pass(100ms);
  CHECK(net.of("n2").want("y") == "node n3 cannot be asked: it is away");
}

TEST_CASE("a retired node owns nothing and cannot come back") {
  trio net;
  CHECK(net.of("n1").retire("n2", net.now()) == "node n2 is there");
  CHECK(net.of("n1").retire("n9", net.now()) == "there is no node n9");
  net.crash("n2");
  net.pass(100ms);
  CHECK(net.of("n1").retire("n2", net.now()).empty());
  net.pass(1s);
  CHECK(net.of("n3").known().owner_of("c") == nullptr);
  CHECK(net.of("n3").want("c").empty());
  net.pass(1s);
  CHECK(net.of("n3").has("c"));
  net.start("n2", {"c"}, "n1");
  net.pass(3s);
  CHECK(net.seen("n1", "n2") == state::retired);
  CHECK(net.noted("n2", kind::was_refused) != nullptr);
  CHECK(net.of("n2").verdict() == "node n2 was retired");
}

TEST_CASE("what is left of a cluster takes the stores of who founded it") {
  member_net net{3};
  net.start("n1", {"a"});
  net.start("n2", {"c"}, "n1");
  net.pass(1s);
  REQUIRE(net.of("n2").has("c"));
  net.crash("n1");
  net.pass(1s);
  REQUIRE(net.of("n2").retire("n1", net.now()).empty());
  CHECK(net.of("n2").want("a").empty());
  CHECK(net.of("n2").has("a"));
  // So does one that is configured with more.
  net.pass(1s);
  net.crash("n2");
  CHECK(net.start("n2", {"a", "c", "b"}, "n1").has("b"));
  net.pass(1s);
  net.crash("n2");
  CHECK(net.start("n2", {"a", "b", "c", "e"}, "n2").has("e"));
  CHECK(net.of("n2").is_whole());
  // Who else may be there has to be asked first.
  net.pass(1s);
  net.crash("n2");
  CHECK_FALSE(net.start("n2", {"a", "b", "c", "d", "e"}, "n3").has("d"));
}

TEST_CASE("a loss that only one side noticed heals") {
  trio net;
  net.of("n1").lose(net.at("n2").run, "silence", net.now());
  net.pass(5s);
  CHECK(net.seen("n1", "n2") == state::up);
  CHECK(net.seen("n2", "n1") == state::up);
}

TEST_CASE("greetings that cross each other come to an end") {
  trio net;
  const auto& said = net.of("n2").introduction();
  // As from one that waited in vain for the answer to the first.
  net.of("n1").take_greeting(net.at("n2").run, said, net.now());
  net.of("n1").take_greeting(net.at("n2").run, said, net.now());
  const auto before = net.greetings();
  net.pass(20s);
  CHECK(net.greetings() <= before + 4);
  CHECK(net.seen("n1", "n2") == state::up);
  CHECK(net.seen("n2", "n1") == state::up);
}
