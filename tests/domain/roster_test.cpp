#include <doctest/doctest.h>

#include "entry_of.hpp"
#include "holdfast/roster.hpp"

using namespace holdfast;
using namespace holdfast::test;

TEST_CASE("an address of a node has a host and a port") {
  CHECK(parse_node_address("shop.example:4001")
        == node_address{"shop.example", 4'001});
  CHECK(parse_node_address("[::1]:4001") == node_address{"::1", 4'001});
  CHECK(to_string(node_address{"::1", 4'001}) == "[::1]:4001");
  CHECK(to_string(node_address{"10.0.0.1", 1}) == "10.0.0.1:1");
  for (const auto* text : {"", ":1", "a", "a:", "a:0", "a:65536", "a:+1",
                           "::1:4001", "[::1]", "[]:1", "a b:1", "[a]:1"})
    CHECK_MESSAGE(!parse_node_address(text), text);
}

TEST_CASE("the newer of two entries counts") {
  roster known;
  CHECK(known.merge(entry_of("n1", 2, {"a"})));
  CHECK_FALSE(known.merge(entry_of("n1", 2, {"b"})));
  CHECK_FALSE(known.merge(entry_of("n1", 1, {"b"})));
  CHECK(known.find("n1")->stores == std::vector<std::string>{"a"});
  CHECK(known.merge(entry_of("n1", 3, {"b"})));
  CHECK(known.owner_of("a") == nullptr);
  CHECK(known.owner_of("b")->name == "n1");
}

TEST_CASE("a store has one owner") {
  roster known;
  CHECK(known.merge(entry_of("n1", 1, {"a"})));
  CHECK_FALSE(known.merge(entry_of("n2", 1, {"b", "a"})));
  CHECK(known.find("n2") == nullptr);
  CHECK(known.objection(entry_of("n2", 1, {"a"}))
        == "store a belongs to node n1");
}

TEST_CASE("retirement is for good") {
  roster known;
  known.merge(entry_of("n1", 1, {"a"}));
  CHECK(known.retire("n1"));
  CHECK_FALSE(known.retire("n1"));
  CHECK_FALSE(known.retire("n2"));
  CHECK(known.owner_of("a") == nullptr);
  CHECK_FALSE(known.merge(entry_of("n1", 9, {"a"})));
  roster other;
  other.merge(entry_of("n1", 5, {"a"}));
  CHECK(other.merge(*known.find("n1")));
  CHECK(other.owner_of("a") == nullptr);
}

TEST_CASE("what is remembered is read as it was written") {
  roster_memory memory{"n1", 17, 4, {"x"}, {}};
  memory.known.merge(entry_of("n1", 4, {"a", "x"}));
  auto silent = entry_of("n2", 2, {});
  silent.at = {};
  memory.known.merge(silent);
  memory.known.merge(entry_of("n3", 2, {"c"}));
  memory.known.retire("n3");
  const auto again = parse_roster(to_text(memory));
  CHECK(again.name == "n1");
  CHECK(again.journal == 17);
  CHECK(again.epoch == 4);
  CHECK(again.created == memory.created);
  CHECK(again.known.all() == memory.known.all());
}

TEST_CASE("a copy of what a directory was is told from what it became") {
  roster known;
  auto seen = entry_of("n1", 3, {"a"});
  seen.run = 30;
  REQUIRE(known.merge(seen));
  auto later = entry_of("n1", 5, {"a"});
  later.run = 50;
  later.past = {40, 30, 20};
  CHECK(known.objection(later).empty());
  later.past = {40, 31, 20};
  CHECK(known.is_void(later));
  CHECK_FALSE(known.merge(later));
  CHECK(known.objection(later)
        == "node n1 is a copy: another process had start 3");
  // It went on for longer than it tells: nobody can know.
  later.past = {40};
  CHECK(known.objection(later).empty());
}

TEST_CASE(
    "the directory that was retired is over, another of the name is not") {
  roster known;
  const auto gone = entry_of("n1", 3, {"a"});
  REQUIRE(known.merge(gone));
  REQUIRE(known.retire("n1"));
  CHECK(known.is_void(gone));
  auto other = gone;
  ++other.journal;
  CHECK_FALSE(known.is_void(other));
  CHECK(known.doubt(other) == "node n1 was retired");
}

TEST_CASE("what is granted is news") {
  roster known;
  auto said = entry_of("n1", 1, {"a", "b"});
  said.wanted = {"b"};
  REQUIRE(known.merge(said));
  CHECK(known.find("n1")->wants("b"));
  said.wanted.clear();
  CHECK(known.merge(said));
  CHECK_FALSE(known.find("n1")->wants("b"));
  said.wanted = {"a"};
  CHECK_FALSE(known.merge(said));
  said.wanted = {"c"};
  CHECK_FALSE(is_valid(said));
}

TEST_CASE("starts, wishes and an end are remembered") {
  roster_memory memory{"n1", 17, 4, {}, {}};
  memory.runs = {9, 8, 7};
  memory.ended = "it is\nover";
  auto said = entry_of("n2", 2, {"a", "b"});
  said.wanted = {"b"};
  said.past = {5, 4};
  REQUIRE(memory.known.merge(said));
  const auto again = parse_roster(to_text(memory));
  CHECK(again.runs == memory.runs);
  CHECK(again.ended == "it is over");
  CHECK(again.known.all() == memory.known.all());
}

TEST_CASE("what was remembered before that is read, too") {
  const auto again = parse_roster("holdfast cluster 1\nself n1 17 4 x\n"
                                  "node n2 1 2 1 member - a 9\nend\n");
  CHECK(again.created == std::vector<std::string>{"x"});
  CHECK(again.runs.empty());
  CHECK(again.known.find("n2")->run == 9);
}

TEST_CASE("every cut of what was remembered is noticed") {
  roster_memory memory{"n1", 17, 4, {}, {}};
  memory.known.merge(entry_of("n1", 4, {"a"}));
  memory.known.merge(entry_of("n2", 4, {"b"}));
  const auto text = to_text(memory);
  for (std::size_t size = 0; size < text.size(); ++size)
    CHECK_THROWS(parse_roster(text.substr(0, size)));
}
