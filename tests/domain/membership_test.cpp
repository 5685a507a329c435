#include <doctest/doctest.h>

#include "tests/domain/member_net.hpp"

using namespace holdfast;
using namespace holdfast::test;
using namespace std::chrono_literals;

namespace {

using state = peer_view::state;
using kind = member_note::kind;

} // namespace

TEST_CASE("who founds a cluster serves its stores at once") {
  member_net net{1};
  const auto& first = net.start("n1", {"a"});
  CHECK(first.has("a"));
  CHECK(first.is_settled());
  CHECK(first.verdict().empty());
}

TEST_CASE("who joins serves nothing before the others agree") {
  member_net net{2};
  const auto& second = net.start("n2", {"c"}, "n1");
  CHECK_FALSE(second.has("c"));
  net.pass(5s);
  CHECK_FALSE(second.has("c"));
  net.start("n1", {"a"});
  net.pass(5s);
  CHECK(second.has("c"));
  CHECK(net.noted("n2", kind::granted)->detail == "c");
}

TEST_CASE("every node ends up connected to every other, whoever it called") {
  trio net;
  for (const std::string from : {"n1", "n2", "n3"})
    for (const std::string to : {"n1", "n2", "n3"})
      if (from != to)
        CHECK(net.seen(from, to) == state::up);
  CHECK(net.of("n1").known().owner_of("d")->name == "n3");
  CHECK(net.of("n3").known().owner_of("a")->name == "n1");
}

TEST_CASE("the way to a peer is measured") {
  trio net;
  net.pass(3s);
  CHECK(net.of("n1").peers().at("n2").round_trip > 0ms);
  CHECK(net.of("n1").peers().at("n2").round_trip < 200ms);
}

TEST_CASE("a store of another node is refused, on both sides with the reason") {
  trio net;
  net.start("n4", {"e", "c"}, "n1");
  net.pass(1s);
  CHECK(net.of("n4").verdict() == "store c belongs to node n2");
  CHECK(net.of("n4").obstacle() == net.of("n4").verdict());
  CHECK(net.of("n4").is_doubted());
  CHECK(net.noted("n1", kind::refused)->detail == "store c belongs to node n2");
  CHECK(net.noted("n4", kind::was_refused)->detail
        == "store c belongs to node n2");
  CHECK(net.owners_of("c") == std::set<std::string>{"n2"});
  CHECK(net.owners_of("e").empty());
}

TEST_CASE("who was refused leaves nothing behind") {
  trio net;
  // It cannot ask n2, which it hears of.
  net.cut("n4", "n2");
  net.start("n4", {"e"}, "n1");
  net.pass(1s);
  CHECK_FALSE(net.of("n4").has("e"));
  net.crash("n4");
  net.heal();
  net.pass(2s);
  net.start("n5", {"f"}, "n1");
  net.pass(3s);
  // It cannot ask n4, which is known and away, until that is retired.
  CHECK_FALSE(net.of("n5").has("f"));
  CHECK(net.of("n1").retire("n4", net.now()).empty());
  net.pass(3s);
  CHECK(net.of("n5").has("f"));
}

TEST_CASE("another protocol or another cluster is refused on both sides") {
  trio net;
  net.start("n4", {"e"}, "n1", [](greeting& said) { said.protocol = 9; });
  net.pass(1s);
  CHECK(net.of("n4").verdict()
        == "it speaks protocol 9, n1 speaks "
               + std::to_string(cluster_protocol));
  net.crash("n4");
  net.start("n5", {"e"}, "n1", [](greeting& said) { said.cluster = "blue"; });
  net.pass(1s);
  CHECK(net.of("n5").verdict() == "it belongs to cluster blue, n1 to holdfast");
  CHECK(net.noted("n1", kind::refused)->node == "n4");
}

TEST_CASE("a name in use, and another directory of a name, are refused") {
  trio net;
  const auto disk = net.at("n2").disk;
  net.crash("n2");
  net.put_disk("n2", {"n2", 4711, 0, {}, {}});
  net.start("n2", {"c"}, "n1");
  net.pass(1s);
  CHECK(net.of("n2").verdict()
        == "the name n2 belongs to another data directory");
  net.crash("n2");
  net.put_disk("n2", disk);
  net.start("n2", {"c"}, "n1");
  net.pass(3s);
  CHECK(net.seen("n1", "n2") == state::up);
}

TEST_CASE("a node that was there goes on alone, and comes back by itself") {
  trio net;
  net.crash("n2");
  net.pass(100ms);
  CHECK(net.seen("n1", "n2") == state::down);
  CHECK(net.noted("n1", kind::lost)->node == "n2");
  net.cut("n2", "n1");
  net.cut("n2", "n3");
  CHECK(net.start("n2", {"c"}, "n1").has("c"));
  net.pass(20s);
  CHECK(net.of("n2").has("c"));
  CHECK(net.seen("n1", "n2") == state::down);
  net.heal();
  net.pass(3s);
  CHECK(net.seen("n1", "n2") == state::up);
  CHECK(net.seen("n3", "n2") == state::up);
}

TEST_CASE("the first node may be away as well as any other") {
  trio net;
  net.crash("n1");
  net.pass(5s);
  CHECK(net.seen("n2", "n3") == state::up);
  net.start("n1", {"a", "b"});
  net.pass(3s);
  CHECK(net.seen("n1", "n2") == state::up);
  CHECK(net.seen("n1", "n3") == state::up);
}

TEST_CASE("a silent peer is given up") {
  trio net;
  net.cut("n1", "n2");
  net.pass(3s);
  CHECK(net.seen("n1", "n2") == state::down);
  CHECK(net.seen("n2", "n1") == state::down);
  CHECK(net.seen("n3", "n1") == state::up);
}

TEST_CASE("who finds nobody says whom it called, and what came of it") {
  member_net net{7};
  net.start("n1", {"a"}, "n9");
  net.pass(10s);
  CHECK(net.of("n1").obstacle() == "waits for a node to join");
  const auto* note = net.noted("n1", member_note::kind::waits);
  REQUIRE(note != nullptr);
  CHECK(note->detail == "waits for a node to join (n9:4000: nobody answers)");
}

TEST_CASE("who is told to join itself is told so") {
  member_net net{7};
  net.start("n1", {"a"}, "n1");
  net.pass(10s);
  const auto* note = net.noted("n1", member_note::kind::waits);
  REQUIRE(note != nullptr);
  CHECK(note->detail
        == "waits for a node to join (n1:4000: that is this "
           "node)");
}

TEST_CASE("a name that leads to the node itself is called again") {
  member_net net{7};
  net.lead("shop", "n1");
  net.start("n1", {"a"}, "shop");
  net.pass(10s);
  const auto* note = net.noted("n1", member_note::kind::waits);
  REQUIRE(note != nullptr);
  CHECK(note->detail
        == "waits for a node to join (shop:4000: that is this node)");
  net.start("n2", {"c"});
  net.lead("shop", "n2");
  net.pass(5s);
  CHECK(net.of("n1").has("a"));
  REQUIRE(net.of("n1").peers().contains("n2"));
  CHECK(net.seen("n1", "n2") == state::up);
}
