// Dates of events of one store, whatever their SKUs.
#include <doctest/doctest.h>

#include "tests/checker/told_history.hpp"

using namespace holdfast;
using namespace holdfast::test;
using items = std::set<int>;

namespace {

/// B is changed at some time, and then A, dated so much before.
struct dates_fixture {
  told_history told;

  explicit dates_fixture(std::int64_t back_ms) {
    told.with.expiry_tolerance_ms = 1'000;
    told.ask(adjust(10, "B"));
    told.now_ms -= back_ms;
    told.ask(adjust(10));
  }
};

} // namespace

TEST_CASE("dates of a store go on") {
  for (const std::int64_t back_ms : {-60'000, 0, 1'000})
    CHECK(dates_fixture{back_ms}.told.items().empty());
  for (const std::int64_t back_ms : {1'001, 60'000})
    CHECK(dates_fixture{back_ms}.told.items() == items{5});
}

TEST_CASE("dates are held against what was told when it was asked") {
  dates_fixture late{60'000};
  auto& told = late.told;
  told.calls[1].called_ns = told.calls[0].returned_ns;
  CHECK(told.items().empty());
  ++told.calls[1].called_ns;
  CHECK(told.items() == items{5});
  told.with.expiry_tolerance_ms = absent;
  CHECK(told.items().empty());
}
