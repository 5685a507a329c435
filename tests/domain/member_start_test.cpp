// Who a node is when it starts again.
#include <doctest/doctest.h>

#include <algorithm>

#include "holdfast/limits.hpp"
#include "holdfast/member_start.hpp"

using namespace holdfast;

namespace {

using names = std::vector<std::string>;

settings wanting(const names& stores) {
  settings with;
  with.node_name = "n1";
  with.node_port = 4'711;
  with.stores = stores;
  return with;
}

roster_entry owner(const std::string& node, const names& stores) {
  roster_entry made;
  made.name = node;
  made.journal = made.epoch = made.revision = 1;
  made.stores = stores;
  return made;
}

/// Of n1, which was granted `own`; n2 has `s9`.
roster_memory remembered(const names& own) {
  roster_memory memory;
  memory.name = "n1";
  memory.journal = 7;
  memory.epoch = 3;
  REQUIRE(memory.known.merge(owner("n1", own)));
  REQUIRE(memory.known.merge(owner("n2", {"s9"})));
  return memory;
}

} // namespace

TEST_CASE("a first start takes what it is told") {
  const auto made = next_start(wanting({"s1", "s2"}), std::nullopt, 42, 1);
  CHECK(made.stores == names{"s1", "s2"});
  CHECK(made.memory.name == "n1");
  CHECK(made.memory.journal == 42);
  CHECK(made.memory.epoch == 1);
}

TEST_CASE("a node never gives a store away that it was granted") {
  auto memory = remembered({"s1", "s2"});
  memory.created = {"s3"};
  const auto made = next_start(wanting({"s4", "s1"}), memory, 42, 1);
  CHECK(made.stores == names{"s4", "s1", "s3", "s2"});
  CHECK(made.memory.journal == 7);
  CHECK(made.memory.epoch == 4);
}

TEST_CASE("a start tells those before it, as many as anybody needs") {
  std::optional<roster_memory> memory;
  for (std::uint64_t run = 1; run <= 2 * past_starts_max; ++run) {
    const auto made = next_start(wanting({"s1"}), memory, 42, run);
    const auto said = introduce(wanting({"s1"}), made);
    CHECK(said.run == run);
    CHECK(said.who.epoch == run);
    CHECK(said.who.past.size()
          == std::min<std::size_t>(run - 1, past_starts_max));
    CHECK((run == 1 || said.who.past.front() == run - 1));
    memory = made.memory;
  }
}

TEST_CASE("a directory with which it is over does not start again") {
  auto memory = remembered({"s1"});
  memory.ended = "node n1 is a copy";
  CHECK_THROWS_WITH_AS(next_start(wanting({"s1"}), memory, 42, 1),
                       "the directory cannot be used any more: node n1 is a "
                       "copy",
                       unfit_start);
  memory.ended.clear();
  REQUIRE(memory.known.retire("n1"));
  CHECK_THROWS_WITH_AS(next_start(wanting({"s1"}), memory, 42, 1),
                       "node n1 was retired", unfit_start);
}

TEST_CASE("who only wants a store does not keep it from another") {
  auto memory = remembered({"s1"});
  auto rival = owner("n3", {"s7"});
  rival.wanted = {"s7"};
  REQUIRE(memory.known.merge(rival));
  CHECK(next_start(wanting({"s7"}), memory, 42, 1).stores == names{"s7", "s1"});
}

TEST_CASE("a store of another node does not keep a node from its own") {
  const auto made =
      next_start(wanting({"s9", "s4"}), remembered({"s1", "s2"}), 42, 1);
  CHECK(made.stores == names{"s4", "s1", "s2"});
  REQUIRE(made.foreign.size() == 1);
  CHECK(made.foreign[0] == std::pair<std::string, std::string>{"s9", "n2"});
}

TEST_CASE("a node that would have too many stores does not start") {
  names own;
  names others;
  for (int i = 0; i < 500; ++i) {
    own.push_back("a" + std::to_string(i));
    others.push_back("b" + std::to_string(i));
  }
  const auto full = next_start(wanting(others), remembered(own), 42, 1);
  CHECK(full.stores.size() == limits::stores_max);
  own.push_back("a500");
  CHECK_THROWS_WITH_AS(next_start(wanting(others), remembered(own), 42, 1),
                       "with what it has already, node n1 would have 1001 "
                       "stores: a node has at most 1000",
                       unfit_start);
  // Those of others are left to them.
  others.back() = "s9";
  CHECK(next_start(wanting(others), remembered(own), 42, 1).stores.size()
        == limits::stores_max);
}

TEST_CASE("a start that does not fit its directory is refused") {
  auto other = wanting({"s1"});
  other.node_name = "n3";
  CHECK_THROWS_WITH_AS(next_start(other, remembered({"s1"}), 42, 1),
                       "the directory belongs to node n1, not to n3",
                       unfit_start);
  CHECK_THROWS_WITH_AS(next_start(wanting({"s9"}), remembered({}), 42, 1),
                       "store s9 belongs to node n2", unfit_start);
}

TEST_CASE("a member does not start alone as long as there are others") {
  auto alone = wanting({"s1"});
  alone.node_port = 0;
  CHECK_THROWS_WITH_AS(next_start(alone, remembered({"s1"}), 42, 1),
                       "the directory belongs to a member of the cluster of "
                       "n2: say NODE_PORT or JOIN, or retire the other nodes "
                       "first",
                       unfit_start);
  alone.join = {"127.0.0.1:4000"};
  CHECK(next_start(alone, remembered({"s1"}), 42, 1).stores == names{"s1"});
  alone.join.clear();
  auto memory = remembered({"s1"});
  REQUIRE(memory.known.retire("n2"));
  CHECK(next_start(alone, memory, 42, 1).stores == names{"s1"});
  CHECK(next_start(alone, std::nullopt, 42, 1).stores == names{"s1"});
  // Others heard of it, and nothing came of that.
  roster_memory tried;
  tried.name = "n1";
  REQUIRE(tried.known.merge(owner("n2", {"s9"})));
  CHECK(next_start(alone, tried, 42, 1).stores == names{"s1"});
}
