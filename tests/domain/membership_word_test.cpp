// What others say counts for what it is about, and no longer than it is true.
#include <doctest/doctest.h>

#include "tests/domain/member_net.hpp"

using namespace holdfast;
using namespace holdfast::test;
using namespace std::chrono_literals;

namespace {

using state = peer_view::state;
using names = std::vector<std::string>;

/// n2 says so over its link.
void refuse(member_net& net, const std::string& whom, greeting_refusal said) {
  said.by = "n2";
  net.of(whom).take_refusal(net.at("n2").run, said, net.now());
}

} // namespace

TEST_CASE("one store is made after the other") {
  trio net;
  REQUIRE(net.of("n2").want("x").empty());
  CHECK(net.of("n2").want("y") == "another store is about to be made");
  CHECK(net.of("n2").introduction().who.wanted == names{"x"});
  net.pass(1s);
  CHECK(net.of("n2").want("y").empty());
}

TEST_CASE("a refusal is about the wish that it answers") {
  trio net;
  auto& node = net.of("n3");
  REQUIRE(node.want("x").empty());
  const auto revision = node.introduction().who.revision;
  node.give_up("nobody has answered in time");
  REQUIRE(node.want("y").empty());
  // It comes late.
  refuse(net, "n3", {"x is not for you", refusal_kind::plain, revision, {}});
  CHECK(node.introduction().who.wanted == names{"y"});
  net.pass(1s);
  CHECK(node.has("y"));
}

TEST_CASE("who was accepted once does not end for a doubt") {
  trio net;
  const auto& node = net.of("n1");
  REQUIRE(node.introduction().who.epoch == 1);
  refuse(net, "n1", {"it is there already", refusal_kind::passing, 1, {}});
  CHECK(node.is_doubted());
  CHECK(node.verdict().empty());
  // It is accepted again.
  net.pass(10s);
  CHECK_FALSE(node.is_doubted());
  CHECK(net.seen("n1", "n2") == state::up);
}

TEST_CASE("the word of a node that others retired does not count") {
  trio net;
  refuse(net, "n1", {"it is there already", refusal_kind::passing, 1, {}});
  net.crash("n2");
  net.pass(1s);
  CHECK(net.of("n1").is_doubted());
  REQUIRE(net.of("n3").retire("n2", net.now()).empty());
  net.pass(1s);
  CHECK(net.seen("n1", "n2") == state::retired);
  CHECK_FALSE(net.of("n1").is_doubted());
}

TEST_CASE("who waits for a node that is retired waits no longer") {
  trio net;
  net.cut("n2", "n3");
  REQUIRE(net.of("n2").want("x").empty());
  net.pass(3s);
  CHECK_FALSE(net.of("n2").has("x"));
  REQUIRE(net.of("n2").retire("n3", net.now()).empty());
  CHECK(net.of("n2").has("x"));
}

TEST_CASE("a node that was retired by mistake hears of it from any other") {
  trio net;
  net.cut("n1", "n2");
  net.pass(3s);
  REQUIRE(net.seen("n3", "n2") == state::up);
  REQUIRE(net.of("n1").retire("n2", net.now()).empty());
  net.pass(1s);
  CHECK(net.of("n2").verdict() == "node n2 was retired");
  CHECK(net.of("n2").is_for_good());
  CHECK(net.of("n2").granted().empty());
  // It does not become one that may come back.
  net.crash("n2");
  CHECK(net.seen("n3", "n2") == state::retired);
}

TEST_CASE("what is no entry is not remembered") {
  trio net;
  roster_entry odd;
  odd.name = "two words";
  odd.journal = odd.epoch = odd.revision = 1;
  auto other = odd;
  other.name = "n8";
  other.stores = {"z", "no store"};
  auto good = odd;
  good.name = "n9";
  net.of("n1").take_news(net.at("n2").run, {odd, other, good}, true, net.now());
  const auto& known = net.of("n1").known();
  CHECK(known.find("two words") == nullptr);
  CHECK(known.find("n8") == nullptr);
  CHECK(known.owner_of("z") == nullptr);
  CHECK(known.find("n9") != nullptr);
}
