#include <doctest/doctest.h>

#include "tests/domain/one_sku.hpp"

using namespace holdfast;
using namespace holdfast::test;

TEST_CASE("If-Match lets a command pass that names the current version") {
  auto sku = stocked(10);
  CHECK(sku.ask(if_match(adjust(1), {1})).ok());
  CHECK(sku.ask(if_match(adjust(1), {7, 2})).ok());
  CHECK(sku.ask(if_match_any(adjust(1))).ok());
}

TEST_CASE("If-Match of another version fails and tells the current one") {
  auto sku = stocked(10);
  sku.ask(adjust(1));
  const auto answer = sku.ask(if_match(adjust(1), {1, 3}));
  CHECK(answer.code == error_code::precondition_failed);
  CHECK(answer.current_version == 2);
  CHECK(sku.state.now.version == 2);
}

TEST_CASE("If-Match that names no strong version fails") {
  auto sku = stocked(10);
  CHECK(sku.ask(if_match(adjust(1), {})).code
        == error_code::precondition_failed);
}

TEST_CASE("If-Match on an absent record fails and names no version") {
  one_sku sku;
  for (const auto& ask : {if_match_any(adjust(1)), if_match(count(5), {1}),
                          if_match(adjust(1), {0}), if_match_any(read())}) {
    const auto answer = sku.ask(ask);
    CHECK(answer.code == error_code::precondition_failed);
    CHECK(answer.current_version == absent);
  }
  CHECK_FALSE(sku.state.exists());
}

TEST_CASE("If-None-Match: * creates a record but never changes one") {
  one_sku sku;
  CHECK(sku.ask(if_none_match_any(count(5))).created);
  const auto answer = sku.ask(if_none_match_any(count(6)));
  CHECK(answer.code == error_code::precondition_failed);
  CHECK(answer.current_version == 1);
  CHECK(sku.state.now.on_hand == 5);
}

TEST_CASE("a write with a list of If-None-Match fails on the named version") {
  auto sku = stocked(10);
  CHECK(sku.ask(if_none_match(adjust(1), {3, 1})).code
        == error_code::precondition_failed);
  CHECK(sku.ask(if_none_match(adjust(1), {3, 2})).ok());
}

TEST_CASE("If-None-Match does not refuse a read") {
  auto sku = stocked(10);
  CHECK(sku.ask(if_none_match_any(read())).ok());
  CHECK(sku.ask(if_none_match(read(), {1})).record.version == 1);
}

TEST_CASE("If-Match refuses a read of another version") {
  auto sku = stocked(10);
  CHECK(sku.ask(if_match(read(), {1})).ok());
  CHECK(sku.ask(if_match(read(), {2})).code == error_code::precondition_failed);
}

TEST_CASE("preconditions are judged before expectedVersion") {
  auto sku = stocked(10);
  CHECK(sku.ask(expecting(if_match(adjust(1), {9}), 8)).code
        == error_code::precondition_failed);
  CHECK(sku.ask(expecting(if_match(adjust(1), {1}), 8)).code
        == error_code::version_conflict);
}

TEST_CASE("expectedVersion that does not match names both versions") {
  auto sku = stocked(10);
  const auto answer = sku.ask(expecting(adjust(-11), 4));
  CHECK(answer.code == error_code::version_conflict);
  CHECK(answer.expected_version == 4);
  CHECK(answer.current_version == 1);
  CHECK(sku.ask(expecting(adjust(1), 1)).ok());
}

TEST_CASE("a record that should be created has version 0 to expect") {
  one_sku sku;
  const auto answer = sku.ask(expecting(adjust(1), 2));
  CHECK(answer.code == error_code::version_conflict);
  CHECK(answer.expected_version == 2);
  CHECK(answer.current_version == 0);
  CHECK(sku.ask(expecting(adjust(1), 0)).record.version == 1);
}

TEST_CASE("a record that does not exist is missed before its version") {
  one_sku sku;
  CHECK(sku.ask(expecting(adjust(-1), 2)).code == error_code::sku_not_found);
  CHECK(sku.ask(expecting(reserve(1), 2)).code == error_code::sku_not_found);
}

TEST_CASE("only a positive adjust or a count creates a record") {
  one_sku sku;
  CHECK(sku.ask(read()).code == error_code::sku_not_found);
  CHECK(sku.ask(adjust(-1)).code == error_code::sku_not_found);
  CHECK(sku.ask(reserve(1)).code == error_code::sku_not_found);
  CHECK(sku.log.empty());
  CHECK(sku.ask(adjust(1)).ok());
  one_sku other;
  CHECK(other.ask(count(0)).ok());
}

TEST_CASE("no reservation is found where there is no record") {
  one_sku sku;
  for (const auto& ask : {release({1, 1}), commit({1, 1}), extend({1, 1}, 60),
                          read_reservation({1, 1})})
    CHECK(sku.ask(ask).code == error_code::reservation_not_found);
}
