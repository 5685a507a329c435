#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>

#include "holdfast/node_limits.hpp"
#include "http/cursor.hpp"

using namespace holdfast;
using namespace holdfast::http;

namespace {

/// These nodes, of which one event each was read.
std::vector<feed_mark> marks_of(const std::vector<std::string>& nodes) {
  feed_span span;
  for (const auto& node : nodes)
    span.legs.push_back({node, 1});
  return next_marks(span);
}

} // namespace

TEST_CASE("a cursor is read by the node that wrote it") {
  CHECK(encode_cursor("n1", 42) == "AjIL9veT_GuSAAAAACooJXt8");
  CHECK(decode_after(encode_cursor("n1", 42), "n1") == 42);
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
  CHECK_FALSE(decode_after(encode_cursor(marks_of({"n1", "n2"})), "n1"));
}

TEST_CASE("what is neither a cursor nor a number is refused") {
  for (const auto* text :
       {"", "-1", "+1", " 1", "1 ", "1.0", "1e2", "0x1", "abc", "!", "Ag",
        "djE7bjE9NDI", "AgAAAAA", "18446744073709551616",
        "99999999999999999999999", "549755813888"}) {
    CAPTURE(text);
    CHECK_FALSE(decode_after(text, "n1"));
    CHECK_FALSE(decode_feed(text));
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
  const auto marks = marks_of({"n1", "n2", "n3"});
  const auto start = decode_feed(encode_cursor(marks));
  REQUIRE(start.has_value());
  CHECK_FALSE(start->is_plain);
  CHECK(start->marks == marks);
  CHECK(encode_cursor(marks_of({"n1"})) == encode_cursor("n1", 1));
}

TEST_CASE("a plain number is one where there may be several nodes") {
  const auto start = decode_feed("17");
  REQUIRE(start.has_value());
  CHECK(start->is_plain);
  CHECK(start->seq == 17);
}

TEST_CASE("a cursor that was cut or changed is none") {
  const auto full = encode_cursor(marks_of({"n1", "n2"}));
  for (std::size_t size = 0; size < full.size(); ++size) {
    CHECK_FALSE(decode_feed(full.substr(0, size)));
    auto changed = full;
    changed[size] = changed[size] == 'x' ? 'y' : 'x';
    CHECK_FALSE(decode_feed(changed));
  }
  CHECK_FALSE(decode_feed(full + "A"));
  CHECK_FALSE(decode_feed(full + full));
}

TEST_CASE("nodes of a cursor come once, in their order, and were begun") {
  auto marks = marks_of({"n1", "n2"});
  std::swap(marks[0], marks[1]);
  CHECK_FALSE(decode_feed(encode_cursor(marks)));
  marks[0] = marks[1];
  CHECK_FALSE(decode_feed(encode_cursor(marks)));
  const feed_mark none{7, 0};
  CHECK_FALSE(decode_feed(encode_cursor(std::span{&none, 1})));
}

TEST_CASE("a feed of the largest cluster can be read on") {
  feed_span span;
  for (std::size_t i = 0; i < limits::node_names_max; ++i)
    span.legs.push_back({std::string(limits::store_id_bytes_max - 2, 'n')
                             + std::to_string(10 + i),
                         limits::seq_max - i});
  const auto marks = next_marks(span);
  const auto text = encode_cursor(marks);
  MESSAGE("bytes of the longest cursor: " << text.size());
  const auto start = decode_feed(text);
  REQUIRE(start.has_value());
  CHECK(start->marks == marks);
  std::string target = "/api/events?limit=1000&storeId=";
  target.append(limits::store_id_bytes_max, 's').append("&sku=");
  for (std::size_t i = 0; i < limits::sku_bytes_max; ++i)
    target.append("%20");
  CHECK(target.append("&after=").append(text).size()
        <= limits::target_bytes_max);
}
