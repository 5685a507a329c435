#include <doctest/doctest.h>

#include "holdfast/limits.hpp"
#include "tests/domain/one_sku.hpp"

using namespace holdfast;
using namespace holdfast::test;

TEST_CASE("a count creates a record and says so") {
  one_sku sku;
  const auto answer = sku.ask(count(12, 2, 3));
  CHECK(answer.created);
  CHECK(answer.record.on_hand == 12);
  CHECK(answer.record.safety_stock == 2);
  CHECK(answer.record.backorder_limit == 3);
  CHECK(sku.last().type == event_type::stock_counted);
  CHECK(sku.last().delta == 12);
}

TEST_CASE("what the first count leaves out is zero") {
  one_sku sku;
  const auto answer = sku.ask(count(absent, 4));
  CHECK(answer.created);
  CHECK(answer.record.on_hand == 0);
  CHECK(answer.record.available() == -4);
}

TEST_CASE("what a later count leaves out stays") {
  auto sku = stocked(10, 2, 3);
  const auto answer = sku.ask(count(absent, absent, 7));
  CHECK_FALSE(answer.created);
  CHECK(answer.record.on_hand == 10);
  CHECK(answer.record.safety_stock == 2);
  CHECK(answer.record.backorder_limit == 7);
  CHECK(sku.last().delta == 0);
}

TEST_CASE("a count may be zero again") {
  auto sku = stocked(10, 2, 3);
  const auto answer = sku.ask(count(0, 0, 0));
  CHECK(answer.record.on_hand == 0);
  CHECK(answer.record.safety_stock == 0);
  CHECK(answer.record.backorder_limit == 0);
  CHECK(sku.last().delta == -10);
}

TEST_CASE("a count that finds what was known is a version too") {
  auto sku = stocked(10);
  sku.now_ms += 5;
  const auto answer = sku.ask(count(10));
  CHECK(answer.record.version == 2);
  CHECK(answer.record.updated_at_ms == sku.now_ms);
  CHECK(sku.log.size() == 2);
}

TEST_CASE("a count below what is held is refused") {
  auto sku = stocked(10);
  sku.hold(6);
  const auto answer = sku.ask(count(5));
  CHECK(answer.code == error_code::insufficient_stock);
  CHECK(answer.requested == 5);
  CHECK(answer.available == 4);
  CHECK(sku.ask(count(6)).ok());
}

TEST_CASE("a lower backorder limit must still cover what is held") {
  auto sku = stocked(10, 0, 5);
  sku.hold(13);
  const auto answer = sku.ask(count(absent, absent, 2));
  CHECK(answer.code == error_code::insufficient_stock);
  CHECK(answer.requested == 3);
  CHECK(answer.available == -3);
  CHECK(sku.ask(count(absent, absent, 3)).ok());
}

TEST_CASE("the safety stock may exceed what holds leave free") {
  auto sku = stocked(10);
  sku.hold(10);
  CHECK(sku.ask(count(absent, 100)).record.available() == -100);
}

TEST_CASE("no counted balance leaves its range") {
  one_sku sku;
  for (const auto& ask :
       {count(limits::balance_max + 1), count(1, limits::balance_max + 1),
        count(1, 1, limits::balance_max + 1)}) {
    const auto answer = sku.ask(ask);
    CHECK(answer.code == error_code::limit_exceeded);
    CHECK(answer.limit == limits::balance_max);
  }
  for (const auto& ask : {count(-1), count(1, -1), count(1, 1, -1)}) {
    const auto answer = sku.ask(ask);
    CHECK(answer.code == error_code::limit_exceeded);
    CHECK(answer.limit == 0);
  }
  CHECK(sku.ask(count(limits::balance_max, limits::balance_max,
                      limits::balance_max))
            .ok());
}
