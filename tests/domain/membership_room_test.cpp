// How many nodes a cluster may have, and how many names.
#include <doctest/doctest.h>

#include "holdfast/node_limits.hpp"
#include "tests/domain/member_net.hpp"

using namespace holdfast;
using namespace holdfast::test;
using namespace std::chrono_literals;

namespace {

/// n1 starts again, and remembers so many others.
void remember(member_net& net, std::size_t members, std::size_t retired) {
  net.crash("n1");
  auto disk = net.at("n1").disk;
  for (std::size_t i = 0; i < members + retired; ++i) {
    roster_entry entry;
    entry.name = "x" + std::to_string(i);
    entry.journal = entry.epoch = entry.revision = i + 1;
    entry.retired = i >= members;
    REQUIRE(disk.known.merge(entry));
  }
  net.put_disk("n1", disk);
  net.start("n1", {"a"});
}

} // namespace

TEST_CASE("a retired node takes the place of no other") {
  member_net net{1};
  net.start("n1", {"a"});
  remember(net, 0, limits::nodes_max);
  net.start("n2", {"b"}, "n1");
  net.pass(2s);
  CHECK(net.of("n2").has("b"));
  // It hears of all of them, and still has room for others.
  net.start("n3", {"c"}, "n2");
  net.pass(2s);
  CHECK(net.of("n3").has("c"));
  CHECK(net.of("n3").known().all().size() == limits::nodes_max + 3);
}

TEST_CASE("a node too many is refused, and one more name, too") {
  member_net full{1};
  full.start("n1", {"a"});
  remember(full, limits::nodes_max - 1, 0);
  full.start("n2", {"b"}, "n1");
  full.pass(2s);
  CHECK(full.of("n2").verdict() == "there are 32 nodes already");

  member_net worn{1};
  worn.start("n1", {"a"});
  remember(worn, 0, limits::node_names_max - 1);
  worn.start("n2", {"b"}, "n1");
  worn.pass(2s);
  CHECK(worn.of("n2").verdict()
        == "there are 64 names of nodes already, 63 of them retired");
}

TEST_CASE("who is told of too many nodes takes no more than there may be") {
  member_net net{1};
  net.start("n1", {"a"});
  net.start("n2", {"b"}, "n1");
  net.pass(2s);
  std::vector<roster_entry> told;
  for (std::size_t i = 0; i < 2 * limits::node_names_max; ++i) {
    roster_entry entry;
    entry.name = "x" + std::to_string(i);
    entry.journal = entry.epoch = entry.revision = i + 1;
    entry.retired = i % 2 == 1;
    told.push_back(entry);
  }
  net.of("n1").take_news(net.at("n2").run, told, true, net.now());
  std::size_t members = 0;
  for (const auto& [name, entry] : net.of("n1").known().all())
    members += entry.retired ? 0 : 1;
  CHECK(members == limits::nodes_max);
  CHECK(net.of("n1").known().all().size() == limits::node_names_max);
}
