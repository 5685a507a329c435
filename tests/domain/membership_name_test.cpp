// What becomes of a node whose name belongs to another directory.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <string>

#include "tests/domain/member_net.hpp"

using namespace holdfast;
using namespace holdfast::test;
using namespace std::chrono_literals;

namespace {

using state = peer_view::state;
using kind = member_note::kind;

constexpr auto* reason = "the name n1 belongs to another data directory";

void join_other(greeting& said) {
  said.cluster = "other";
}

/// n2 was retired, and runs with z from another directory.
struct other_n2 : trio {
  other_n2() {
    crash("n2");
    pass(100ms);
    REQUIRE(of("n1").retire("n2", now()).empty());
    put_disk("n2", {});
    start("n2", {"z"}, {}, join_other);
    pass(1s);
    crash("n2");
  }
  /// It starts again, told to join n1.
  const membership& restart(const std::function<void(greeting&)>& change) {
    const auto& again = start("n2", {"z"}, "n1", change);
    pass(3s);
    return again;
  }
};

/// n1 starts as its users did at first, from another directory.
membership& start_anew(member_net& net) {
  net.crash("n1");
  net.put_disk("n1", {});
  return net.start("n1", {"a", "b"});
}

} // namespace

TEST_CASE("a node that lost its directory ends once a member knows its name") {
  trio net;
  const auto lost = net.at("n1").disk;
  const auto& anew = start_anew(net);
  CHECK(anew.has("a"));
  net.pass(3s);
  CHECK(anew.verdict() == reason);
  CHECK(anew.is_doubted());
  // Nobody has to be told that again, if the directory is found.
  CHECK_FALSE(anew.is_for_good());
  CHECK(net.seen("n2", "n1") != state::up);
  net.crash("n1");
  net.put_disk("n1", lost);
  net.start("n1", {"a", "b"});
  net.pass(3s);
  CHECK(net.of("n1").obstacle().empty());
  CHECK(net.seen("n2", "n1") == state::up);
}

TEST_CASE("a directory with stores is not served while its name is another's") {
  trio net;
  net.cut("n1", "n2");
  net.cut("n1", "n3");
  start_anew(net);
  net.pass(3s);
  net.crash("n1");
  const auto& again = net.start("n1", {"a", "b"});
  CHECK_FALSE(again.is_doubted());
  CHECK(again.is_whole());
  net.heal();
  net.pass(20s);
  CHECK(again.verdict().empty());
  CHECK(again.is_doubted());
  CHECK_FALSE(again.is_whole());
  CHECK(again.obstacle() == std::string{"node n2 says: "} + reason);
  // It is called again and again, which is told once.
  const auto& notes = net.at("n1").notes;
  CHECK(std::count_if(notes.begin(), notes.end(),
                      [](auto& each) { return each.is == kind::joined; })
        <= 2);
  // The last word counts, until an operator says that nobody will go on.
  net.crash("n2");
  net.crash("n3");
  net.pass(5s);
  CHECK(again.is_doubted());
  CHECK(net.of("n1").retire("n2", net.now()).empty());
  CHECK(again.obstacle() == std::string{"node n3 says: "} + reason);
  CHECK(net.of("n1").retire("n3", net.now()).empty());
  CHECK_FALSE(again.is_doubted());
  CHECK(again.obstacle().empty());
}

TEST_CASE("a node goes on though a stranger knows another of its name") {
  trio net;
  // It belongs to a cluster that has another n1.
  roster_entry other;
  other.name = "n1";
  other.journal = 4711;
  other.epoch = 1;
  roster_memory disk{"n9", 99, 1, {}, {}};
  roster_entry own;
  own.name = "n9";
  own.journal = 99;
  own.epoch = 1;
  own.revision = 1;
  own.at = {"n9", 4'000};
  own.stores = {"z"};
  REQUIRE(disk.known.merge(other));
  REQUIRE(disk.known.merge(own));
  net.put_disk("n9", disk);
  net.start("n9", {"z"}, "n1");
  net.pass(3s);
  CHECK(net.of("n1").verdict().empty());
  CHECK_FALSE(net.of("n1").is_doubted());
  CHECK(net.of("n1").obstacle().empty());
}

TEST_CASE_FIXTURE(other_n2, "a cluster that retired a name ends no other's") {
  const auto& again = restart(join_other);
  CHECK(again.verdict().empty());
  CHECK_FALSE(again.is_for_good());
  CHECK_FALSE(again.is_doubted());
  CHECK(again.has("z"));
  REQUIRE(noted("n2", kind::was_refused) != nullptr);
  CHECK(noted("n2", kind::was_refused)->detail
        == "it belongs to cluster other, n1 to holdfast");
}

TEST_CASE_FIXTURE(other_n2, "only the directory that was retired is over") {
  const auto& again = restart([](auto& said) {
    said.who.at = {"elsewhere", 4'000};
  });
  REQUIRE(noted("n2", kind::was_refused) != nullptr);
  CHECK(noted("n2", kind::was_refused)->detail == "node n2 was retired");
  CHECK(again.verdict().empty());
  CHECK_FALSE(again.is_for_good());
  CHECK_FALSE(again.is_doubted());
  CHECK(again.obstacle().empty());
}

TEST_CASE_FIXTURE(other_n2,
                  "what stands where a retired node was is not over") {
  const auto& again = restart({});
  CHECK(again.verdict().empty());
  CHECK_FALSE(again.is_for_good());
  CHECK(again.is_doubted());
}

TEST_CASE(
    "the news that another directory of the name was retired end nobody") {
  trio net;
  auto gone = *net.of("n1").known().find("n2");
  ++gone.journal;
  gone.retired = true;
  gone.stores.clear();
  net.of("n2").take_news(net.at("n1").run, {gone}, true, net.now());
  CHECK(net.of("n2").verdict().empty());
  CHECK_FALSE(net.of("n2").is_for_good());
  CHECK(net.of("n2").has("c"));
}
