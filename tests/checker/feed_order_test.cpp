// Numbers of events of one node, over all its SKUs.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/checker/told_history.hpp"

using namespace holdfast;
using namespace holdfast::test;
using items = std::set<int>;

namespace {

/// One change of each of two SKUs, which change numbers.
struct feed_order_fixture {
  told_history told;

  feed_order_fixture() {
    told.ask(adjust(1));
    told.ask(adjust(2, "B"));
    std::swap(told.journal[0].seq, told.journal[1].seq);
    std::swap(told.journal[0], told.journal[1]);
  }
};

} // namespace

TEST_CASE_FIXTURE(feed_order_fixture,
                  "a number below that of what was told is found") {
  CHECK(told.items() == items{4});
}

TEST_CASE_FIXTURE(feed_order_fixture,
                  "changes that were under way at once have any") {
  told.calls[0].returned_ns = told.calls[1].called_ns;
  CHECK(told.items().empty());
}

TEST_CASE_FIXTURE(feed_order_fixture,
                  "what nobody was told of has any number") {
  told.calls[0].known = false;
  CHECK(told.items().empty());
  SUBCASE("unless somebody reads it") {
    auto seen = told.calls[0];
    seen.ask = read();
    seen.known = true;
    seen.called_ns = 11;
    seen.returned_ns = 19;
    // Between the two.
    told.calls[1].called_ns = 30;
    told.calls.insert(told.calls.begin() + 1, seen);
    CHECK(told.items() == items{4});
  }
}

TEST_CASE("every event is held against all before it") {
  std::vector<numbered> when;
  for (std::int64_t seq = 1; seq <= 100; ++seq)
    when.push_back(
        {static_cast<std::uint64_t>(seq), 0, 10 * seq, 10 * seq + 5});
  std::reverse(when.begin(), when.end());
  CHECK(check_feed(when).empty());
  // The last was told before any other was asked for.
  when.front().known_ns = 1;
  CHECK(check_feed(when).size() == 99);
  // An expiry was not asked for.
  for (auto& each : when)
    each.asked_ns = numbered{}.asked_ns;
  CHECK(check_feed(when).empty());
}

TEST_CASE("numbers of some of the events rise, and have gaps") {
  told_history told;
  told.ask(adjust(1));
  told.ask(adjust(2, "B"));
  told.journal[1].seq = 7;
  CHECK(check_numbers(told.journal).size() == 1);
  CHECK(check_numbers(told.journal, true).empty());
  told.journal[1].seq = told.journal[0].seq;
  CHECK(check_numbers(told.journal, true).size() == 1);
}
