#include <doctest/doctest.h>

#include "holdfast/limits.hpp"
#include "tests/domain/one_sku.hpp"

using namespace holdfast;
using namespace holdfast::test;

TEST_CASE("a reservation holds stock without taking it off hand") {
  auto sku = stocked(10);
  const auto answer = sku.ask(reserve(4));
  CHECK(answer.record.on_hand == 10);
  CHECK(answer.record.reserved == 4);
  CHECK(answer.record.available() == 6);
  CHECK(sku.last().type == event_type::stock_reserved);
  CHECK(sku.last().delta == 0);
  CHECK(sku.last().reserved_delta == 4);
}

TEST_CASE("a new hold says what was granted, to whom and until when") {
  auto sku = stocked(10);
  auto ask = reserve(4, 60);
  ask.owner = "cart-9";
  ask.from.reference = "order-3";
  const auto answer = sku.ask(ask);
  REQUIRE(answer.has_hold);
  const auto& hold = answer.hold;
  CHECK(hold.ref.grant_version == 2);
  CHECK(hold.state == reservation_state::active);
  CHECK(hold.quantity == 4);
  CHECK(hold.held() == 4);
  CHECK(hold.owner == "cart-9");
  CHECK(hold.reference == "order-3");
  CHECK(hold.created_at_ms == sku.now_ms);
  CHECK(hold.expires_at_ms == sku.now_ms + 60'000);
}

TEST_CASE("a hold without a time of its own takes the default") {
  auto sku = stocked(10);
  CHECK(sku.ask(reserve(1)).hold.expires_at_ms
        == sku.now_ms + one_sku::default_ttl_s * 1000);
}

TEST_CASE("a grant has no sequence number before the journal gives one") {
  auto sku = stocked(10);
  sku.settles_at_once = false;
  CHECK(sku.ask(reserve(1)).hold.ref.grant_seq == 0);
  sku.settle();
  CHECK(sku.state.holds.at(2).ref.grant_seq == sku.last().seq);
}

TEST_CASE("the last unit is reserved once") {
  auto sku = stocked(10);
  sku.hold(10);
  const auto answer = sku.ask(reserve(1));
  CHECK(answer.code == error_code::insufficient_stock);
  CHECK(answer.requested == 1);
  CHECK(answer.available == 0);
}

TEST_CASE("a reservation does not eat into the safety stock") {
  auto sku = stocked(10, 3);
  const auto answer = sku.ask(reserve(8));
  CHECK(answer.code == error_code::insufficient_stock);
  CHECK(answer.available == 7);
  CHECK(sku.ask(reserve(7)).ok());
}

TEST_CASE("backorders are granted up to their limit") {
  auto sku = stocked(10, 0, 5);
  CHECK(sku.ask(reserve(16)).code == error_code::insufficient_stock);
  CHECK(sku.ask(reserve(15)).record.available() == -5);
  CHECK(sku.ask(reserve(1)).available == -5);
}

TEST_CASE("what is reserved ends at the largest balance") {
  auto sku = stocked(limits::balance_max, 0, limits::balance_max);
  // Commands take a billion at most; the rule does not rely on it.
  sku.hold(limits::balance_max);
  const auto answer = sku.ask(reserve(1));
  CHECK(answer.code == error_code::limit_exceeded);
  CHECK(answer.limit == limits::balance_max);
}

TEST_CASE("a live hold can be read with its record") {
  auto sku = stocked(10);
  const auto ref = sku.hold(4);
  const auto answer = sku.ask(read_reservation(ref));
  REQUIRE(answer.ok());
  REQUIRE(answer.has_hold);
  CHECK(answer.hold == sku.state.holds.at(ref.grant_version));
  REQUIRE(answer.has_record);
  CHECK(answer.record == sku.state.now);
  CHECK(sku.log.size() == 2);
}

TEST_CASE("an extension counts from now and changes no balance") {
  auto sku = stocked(10);
  const auto ref = sku.hold(4, 60);
  sku.now_ms += 59'000;
  const auto answer = sku.ask(extend(ref, 30));
  CHECK(answer.hold.expires_at_ms == sku.now_ms + 30'000);
  CHECK(answer.hold.created_at_ms == sku.now_ms - 59'000);
  CHECK(answer.record.version == 3);
  CHECK(sku.last().type == event_type::reservation_extended);
  CHECK(sku.last().delta == 0);
  CHECK(sku.last().reserved_delta == 0);
}

TEST_CASE("an extension may also shorten a hold") {
  auto sku = stocked(10);
  const auto ref = sku.hold(4, 60);
  sku.ask(extend(ref, 1));
  sku.now_ms += 1'000;
  CHECK(sku.ask(read()).record.reserved == 0);
}

TEST_CASE("an extension without a time takes the default") {
  auto sku = stocked(10);
  const auto ref = sku.hold(4, 60);
  CHECK(sku.ask(extend(ref)).hold.expires_at_ms
        == sku.now_ms + one_sku::default_ttl_s * 1000);
}
