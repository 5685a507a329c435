// Who a node is when it starts again.
#include <doctest/doctest.h>

#include "holdfast/member_start.hpp"

using namespace holdfast;

namespace {

using names = std::vector<std::string>;

settings wanting(const names& stores) {
  settings with;
  with.node_name = "n1";
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
  const auto made = next_start(wanting({"s1", "s2"}), std::nullopt, 42);
  CHECK(made.stores == names{"s1", "s2"});
  CHECK(made.memory.name == "n1");
  CHECK(made.memory.journal == 42);
  CHECK(made.memory.epoch == 1);
}

TEST_CASE("a node never gives a store away that it was granted") {
  auto memory = remembered({"s1", "s2"});
  memory.created = {"s3"};
  const auto made = next_start(wanting({"s4", "s1"}), memory, 42);
  CHECK(made.stores == names{"s4", "s1", "s3", "s2"});
  CHECK(made.memory.journal == 7);
  CHECK(made.memory.epoch == 4);
}

TEST_CASE("a start that does not fit its directory is refused") {
  auto other = wanting({"s1"});
  other.node_name = "n3";
  CHECK_THROWS_WITH_AS(next_start(other, remembered({"s1"}), 42),
                       "the directory belongs to node n1, not to n3",
                       unfit_start);
  CHECK_THROWS_WITH_AS(next_start(wanting({"s9"}), remembered({"s1"}), 42),
                       "store s9 belongs to node n2", unfit_start);
}
