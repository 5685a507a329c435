#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>

#include "holdfast/node_limits.hpp"
#include "http/cursor.hpp"

using namespace holdfast;
using namespace holdfast::http;

TEST_CASE("a cursor is read by the node that wrote it") {
  CHECK(encode_cursor("n1", 42) == "djE7bjE9NDI");
  CHECK(decode_after("djE7bjE9NDI", "n1") == 42);
  CHECK(decode_after(encode_cursor("n1", 0), "n1") == 0);
  CHECK(decode_after(encode_cursor("n1", limits::seq_max), "n1")
        == limits::seq_max);
}

TEST_CASE("a plain number is a position too") {
  CHECK(decode_after("0", "n1") == 0);
  CHECK(decode_after("17", "n1") == 17);
  CHECK(decode_after(std::to_string(limits::seq_max), "n1") == limits::seq_max);
}

TEST_CASE("a cursor of another node is none") {
  CHECK_FALSE(decode_after(encode_cursor("n2", 42), "n1"));
  CHECK_FALSE(decode_after(encode_cursor("n1=4", 2), "n1"));
}

TEST_CASE("what is neither a cursor nor a number is refused") {
  for (const auto* text :
       {"", "-1", "+1", " 1", "1 ", "1.0", "1e2", "0x1", "abc", "!", "djE7",
        "djE7bjE9NDI=", "djE7bjE9NDJ", "djE7bjE9LTE", "djI7bjE9NDI",
        "18446744073709551616", "99999999999999999999999", "549755813888"}) {
    CAPTURE(text);
    CHECK_FALSE(decode_after(text, "n1"));
  }
}

TEST_CASE("cursors survive the round trip and have one spelling") {
  CHECK(rc::check("decode(encode(n, x)) == x", [] {
    const auto node = *rc::gen::nonEmpty(
        rc::gen::container<std::string>(rc::gen::inRange<char>('!', '\x7e')));
    const auto seq = *rc::gen::inRange<std::uint64_t>(0, limits::seq_max);
    const auto text = encode_cursor(node, seq);
    RC_ASSERT(decode_after(text, node) == seq);
    RC_ASSERT(text.find_first_of("+/=&?#% ") == std::string::npos);
    RC_ASSERT(!decode_after(text + "A", node));
  }));
}

TEST_CASE("a cursor spans nodes") {
  const std::vector<feed_position> legs{{"n1", 4}, {"n2", 0}};
  const auto start = decode_feed(encode_cursor(legs));
  REQUIRE(start.has_value());
  CHECK_FALSE(start->is_plain);
  CHECK(start->legs == legs);
  CHECK(encode_cursor(std::vector<feed_position>{{"n1", 4}})
        == encode_cursor("n1", 4));
}

TEST_CASE("a plain number is one where there may be several nodes") {
  const auto start = decode_feed("17");
  REQUIRE(start.has_value());
  CHECK(start->is_plain);
  CHECK(start->seq == 17);
}

TEST_CASE("what is no cursor of several nodes is refused") {
  const auto full = encode_cursor(
      std::vector<feed_position>{{"n1", 4}, {"n2", limits::seq_max}});
  for (std::size_t size = 1; size < full.size(); ++size)
    if (const auto cut = decode_feed(full.substr(0, size)))
      CHECK(encode_cursor(cut->legs) == full.substr(0, size));
  CHECK_FALSE(decode_feed(full + "A"));
  CHECK_FALSE(decode_feed(""));
  CHECK_FALSE(decode_feed("djE"));
  const std::vector<feed_position> many(limits::nodes_max + 1, {"n", 1});
  CHECK_FALSE(decode_feed(encode_cursor(many)));
}
