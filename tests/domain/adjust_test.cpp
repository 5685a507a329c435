#include <doctest/doctest.h>

#include "holdfast/limits.hpp"
#include "tests/domain/one_sku.hpp"

using namespace holdfast;
using namespace holdfast::test;

TEST_CASE("the first positive adjust creates the record at version 1") {
  one_sku sku;
  const auto answer = sku.ask(adjust(5));
  CHECK(answer.ok());
  CHECK(answer.record.on_hand == 5);
  CHECK(answer.record.version == 1);
  CHECK(answer.record.updated_at_ms == sku.now_ms);
  CHECK_FALSE(answer.created);
  CHECK_FALSE(answer.has_hold);
}

TEST_CASE("an adjust changes what is on hand by one event") {
  auto sku = stocked(10);
  CHECK(sku.ask(adjust(-4)).record.on_hand == 6);
  CHECK(sku.last().type == event_type::stock_adjusted);
  CHECK(sku.last().delta == -4);
  CHECK(sku.last().reserved_delta == 0);
  CHECK(sku.last().after.version == 2);
}

TEST_CASE("an adjust takes the last unit but not one more") {
  auto sku = stocked(10);
  const auto answer = sku.ask(adjust(-11));
  CHECK(answer.code == error_code::insufficient_stock);
  CHECK(answer.requested == 11);
  CHECK(answer.available == 10);
  CHECK(sku.ask(adjust(-10)).record.on_hand == 0);
}

TEST_CASE("an adjust may eat into the safety stock") {
  auto sku = stocked(10, 8);
  const auto answer = sku.ask(adjust(-9));
  CHECK(answer.record.on_hand == 1);
  CHECK(answer.record.available() == -7);
}

TEST_CASE("an adjust leaves what is held") {
  auto sku = stocked(10);
  sku.hold(4);
  const auto answer = sku.ask(adjust(-7));
  CHECK(answer.code == error_code::insufficient_stock);
  CHECK(answer.requested == 7);
  CHECK(answer.available == 6);
  CHECK(sku.ask(adjust(-6)).ok());
}

TEST_CASE("an adjust may leave holds to the backorder limit") {
  auto sku = stocked(10, 0, 3);
  sku.hold(10);
  CHECK(sku.ask(adjust(-4)).code == error_code::insufficient_stock);
  CHECK(sku.ask(adjust(-3)).record.on_hand == 7);
}

TEST_CASE("backorders do not take what is on hand below zero") {
  auto sku = stocked(2, 0, 10);
  const auto answer = sku.ask(adjust(-3));
  CHECK(answer.code == error_code::limit_exceeded);
  CHECK(answer.limit == 0);
}

TEST_CASE("an adjust ends at the largest balance") {
  auto sku = stocked(limits::balance_max - 1);
  const auto answer = sku.ask(adjust(2));
  CHECK(answer.code == error_code::limit_exceeded);
  CHECK(answer.limit == limits::balance_max);
  CHECK(sku.ask(adjust(1)).record.on_hand == limits::balance_max);
}

TEST_CASE("a refusal changes nothing and shows no record") {
  auto sku = stocked(10);
  const auto before = sku.state;
  const auto answer = sku.ask(adjust(-11));
  CHECK(sku.state == before);
  CHECK(sku.log.size() == 1);
  CHECK_FALSE(answer.has_record);
}

TEST_CASE("a read shows the record as it is") {
  auto sku = stocked(10, 2, 3);
  const auto answer = sku.ask(read());
  CHECK(answer.ok());
  CHECK(answer.has_record);
  CHECK(answer.record == sku.state.now);
  CHECK(answer.record.available() == 8);
  CHECK(sku.log.size() == 1);
}
