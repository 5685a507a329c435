#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "holdfast/feed_span.hpp"

using namespace holdfast;

namespace {

/// Events of one node: `first`, `first + 1`, …, recorded at these times, and
/// the log ends there.
feed_leg_page page(std::uint16_t leg, std::uint64_t first,
                   const std::vector<std::int64_t>& times,
                   std::uint64_t last_seq) {
  feed_leg_page made{leg,
                     {{}, last_seq, times.empty() ? 0 : times.back(), true}};
  for (const auto time : times) {
    event change;
    change.seq = first++;
    change.after.updated_at_ms = time;
    made.page.events.push_back(change);
  }
  return made;
}

/// The same, and the log goes on; what was read last was recorded at `last_ms`.
feed_leg_page part(feed_leg_page of, std::int64_t last_ms) {
  of.page.last_ms = last_ms;
  of.page.is_last = false;
  return of;
}

std::vector<std::uint64_t> seqs(const event_page& of) {
  std::vector<std::uint64_t> found;
  for (const auto& each : of.events)
    found.push_back(each.seq);
  return found;
}

feed_span two_nodes() {
  feed_span span;
  span.legs = {{"n1", 0}, {"n2", 10}};
  return span;
}

} // namespace

TEST_CASE("pages are merged by time, each node's events in their order") {
  auto span = two_nodes();
  const auto all = merge_pages(
      {page(0, 1, {5, 30, 40}, 3), page(1, 11, {10, 20}, 12)}, 100, span);
  CHECK(seqs(all) == std::vector<std::uint64_t>{1, 11, 12, 2, 3});
  CHECK(span.leg_of == std::vector<std::uint16_t>{0, 1, 1, 0, 0});
  CHECK(span.legs == std::vector<feed_position>{{"n1", 3}, {"n2", 12}});
}

TEST_CASE("a clock that goes back does not change the order of a node") {
  auto span = two_nodes();
  const auto all =
      merge_pages({page(0, 1, {50, 10}, 2), page(1, 11, {20}, 11)}, 9, span);
  CHECK(seqs(all) == std::vector<std::uint64_t>{11, 1, 2});
}

TEST_CASE("pages are merged alike, whichever came first") {
  for (const bool is_turned : {false, true}) {
    auto span = two_nodes();
    std::vector<feed_leg_page> pages{page(0, 1, {5, 7}, 2),
                                     page(1, 11, {5, 7}, 12)};
    if (is_turned)
      std::swap(pages[0], pages[1]);
    const auto all = merge_pages(std::move(pages), 3, span);
    CHECK(seqs(all) == std::vector<std::uint64_t>{1, 11, 2});
    CHECK(span.legs == std::vector<feed_position>{{"n1", 2}, {"n2", 11}});
  }
}

TEST_CASE("what does not fit comes with the next page") {
  auto span = two_nodes();
  const auto all = merge_pages(
      {page(0, 1, {5, 30, 40}, 3), page(1, 11, {10, 20}, 12)}, 2, span);
  CHECK(seqs(all) == std::vector<std::uint64_t>{1, 11});
  CHECK(span.legs == std::vector<feed_position>{{"n1", 1}, {"n2", 11}});
}

TEST_CASE("rows that nobody wanted are not read again") {
  auto span = two_nodes();
  const auto none = merge_pages({page(0, 1, {}, 8'000)}, 10, span);
  CHECK(none.events.empty());
  CHECK(span.legs == std::vector<feed_position>{{"n1", 8'000}, {"n2", 10}});
}

TEST_CASE("nothing is told that is newer than what a log has yet to tell") {
  auto span = two_nodes();
  const auto some = merge_pages(
      {part(page(0, 1, {5, 30}, 2), 30), page(1, 11, {10, 30, 31}, 13)}, 100,
      span);
  CHECK(seqs(some) == std::vector<std::uint64_t>{1, 11, 2, 12});
  CHECK(span.legs == std::vector<feed_position>{{"n1", 2}, {"n2", 12}});
}

TEST_CASE("rows that nobody wanted hold back what is newer than they are") {
  auto span = two_nodes();
  const auto some = merge_pages(
      {part(page(0, 1, {}, 8'000), 20), page(1, 11, {10, 21}, 12)}, 10, span);
  CHECK(seqs(some) == std::vector<std::uint64_t>{11});
  CHECK(span.legs == std::vector<feed_position>{{"n1", 8'000}, {"n2", 11}});
}

TEST_CASE("a log whose clock went back is read on, and so are the others") {
  auto span = two_nodes();
  const auto some = merge_pages(
      {part(page(0, 1, {50, 10}, 2), 10), page(1, 11, {20, 60}, 12)}, 9, span);
  CHECK(seqs(some) == std::vector<std::uint64_t>{11, 1, 2});
  CHECK(span.legs == std::vector<feed_position>{{"n1", 2}, {"n2", 11}});
}

TEST_CASE("a page that leads nowhere holds nobody back") {
  auto span = two_nodes();
  const auto all =
      merge_pages({part(page(0, 1, {}, 0), 0), page(1, 11, {7}, 11)}, 9, span);
  CHECK(seqs(all) == std::vector<std::uint64_t>{11});
}

TEST_CASE("a cursor marks what was begun, and keeps who is read no more") {
  auto span = two_nodes();
  const auto gone = fixed_hash("n9");
  span.marks = {{fixed_hash("n2"), 4}, {gone, 7}};
  const auto marks = next_marks(span);
  REQUIRE(marks.size() == 2);
  CHECK(std::is_sorted(marks.begin(), marks.end()));
  const std::set<std::pair<std::uint64_t, std::uint64_t>> found{
      {marks[0].node, marks[0].after}, {marks[1].node, marks[1].after}};
  CHECK(found.contains({gone, 7}));
  CHECK(found.contains({fixed_hash("n2"), 10}));
  // Cursors outlive builds.
  CHECK(fixed_hash("n1") == 0x320bf6f793fc6b92);
}
