// Tries that are one request, and what they may be told.
#include <doctest/doctest.h>

#include "tests/checker/told_history.hpp"

using namespace holdfast;
using namespace holdfast::test;
using items = std::set<int>;

TEST_CASE("numbers that the first try leaves out are not compared") {
  told_history told;
  told.ask(adjust(10));
  told.ask(keyed(reserve(11), "k"));
  told.retry();
  auto& first = told.calls[1].answer;
  first.available = absent;
  CHECK(told.items().empty());
  told.calls[2].answer.requested = absent;
  CHECK(told.items().empty());
  first.requested = 11;
  told.calls[2].answer.requested = 12;
  CHECK(told.items() == items{3, 5});
}
