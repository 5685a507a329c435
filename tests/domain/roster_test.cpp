#include <doctest/doctest.h>

#include "holdfast/roster.hpp"

using namespace holdfast;

namespace {

roster_entry entry(const std::string& name, std::uint64_t epoch,
                   std::vector<std::string> stores) {
  return {name, 1, epoch, 1, {"127.0.0.1", 4'001}, std::move(stores), false};
}

} // namespace

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
  CHECK(known.merge(entry("n1", 2, {"a"})));
  CHECK_FALSE(known.merge(entry("n1", 2, {"b"})));
  CHECK_FALSE(known.merge(entry("n1", 1, {"b"})));
  CHECK(known.find("n1")->stores == std::vector<std::string>{"a"});
  CHECK(known.merge(entry("n1", 3, {"b"})));
  CHECK(known.owner_of("a") == nullptr);
  CHECK(known.owner_of("b")->name == "n1");
}

TEST_CASE("a store has one owner") {
  roster known;
  CHECK(known.merge(entry("n1", 1, {"a"})));
  CHECK_FALSE(known.merge(entry("n2", 1, {"b", "a"})));
  CHECK(known.find("n2") == nullptr);
  CHECK(known.objection(entry("n2", 1, {"a"})) == "store a belongs to node n1");
}

TEST_CASE("retirement is for good") {
  roster known;
  known.merge(entry("n1", 1, {"a"}));
  CHECK(known.retire("n1"));
  CHECK_FALSE(known.retire("n1"));
  CHECK_FALSE(known.retire("n2"));
  CHECK(known.owner_of("a") == nullptr);
  CHECK_FALSE(known.merge(entry("n1", 9, {"a"})));
  roster other;
  other.merge(entry("n1", 5, {"a"}));
  CHECK(other.merge(*known.find("n1")));
  CHECK(other.owner_of("a") == nullptr);
}

TEST_CASE("what is remembered is read as it was written") {
  roster_memory memory{"n1", 17, 4, {"x"}, {}};
  memory.known.merge(entry("n1", 4, {"a", "x"}));
  auto silent = entry("n2", 2, {});
  silent.at = {};
  memory.known.merge(silent);
  memory.known.merge(entry("n3", 2, {"c"}));
  memory.known.retire("n3");
  const auto again = parse_roster(to_text(memory));
  CHECK(again.name == "n1");
  CHECK(again.journal == 17);
  CHECK(again.epoch == 4);
  CHECK(again.created == memory.created);
  CHECK(again.known.all() == memory.known.all());
}

TEST_CASE("every cut of what was remembered is noticed") {
  roster_memory memory{"n1", 17, 4, {}, {}};
  memory.known.merge(entry("n1", 4, {"a"}));
  memory.known.merge(entry("n2", 4, {"b"}));
  const auto text = to_text(memory);
  for (std::size_t size = 0; size < text.size(); ++size)
    CHECK_THROWS(parse_roster(text.substr(0, size)));
}
