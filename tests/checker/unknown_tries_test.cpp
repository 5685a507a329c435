// Keys whose last try nobody knows the end of.
#include <doctest/doctest.h>

#include <limits>

#include "tests/checker/told_history.hpp"

using namespace holdfast;
using namespace holdfast::test;
using items = std::set<int>;

namespace {

/// A key that was refused, and so much later asked again: that was done, and
/// its caller was told nothing.
told_history redone_after(std::int64_t seconds) {
  told_history told;
  told.ask(adjust(10));
  told.ask(keyed(reserve(11), "k"));
  told.ask(adjust(10));
  told.now_ns += seconds * ns_per_s;
  told.lose(keyed(reserve(11), "k")).returned_ns =
      std::numeric_limits<std::int64_t>::max();
  return told;
}

} // namespace

TEST_CASE("a key that was refused and then applied is found untold") {
  CHECK(redone_after(0).items() == items{3});
  // It need not have been asked for last.
  auto told = redone_after(0);
  auto again = told.calls[1];
  again.called_ns = told.now_ns += 400 * ns_per_s;
  again.returned_ns = told.now_ns += 10;
  again.answer = refusal(error_code::overloaded);
  told.calls.push_back(again);
  CHECK(told.items() == items{3});
}

TEST_CASE("who is not told is done by a node that runs within 20 seconds") {
  CHECK(redone_after(279).items() == items{3});
  CHECK(redone_after(281).items().empty());
}

TEST_CASE(
    "where requests waited elsewhere a history says that keys live less") {
  auto told = redone_after(200);
  CHECK(told.items() == items{3});
  told.with.key_ttl_ms -= 100'000;
  CHECK(told.items().empty());
}

TEST_CASE("a key that was refused after it was forgotten may be") {
  told_history told;
  told.ask(adjust(20));
  told.lose(keyed(reserve(11), "k"));
  told.now_ns += 301 * ns_per_s;
  told.now_ms += 301'000;
  told.ask(keyed(reserve(11), "k"));
  CHECK(told.items().empty());
  told.calls.back().called_ns -= 300 * ns_per_s;
  told.calls.back().returned_ns -= 300 * ns_per_s;
  CHECK(told.items() == items{3});
}
