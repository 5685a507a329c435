#include <doctest/doctest.h>

#include "tests/domain/one_sku.hpp"

using namespace holdfast;
using namespace holdfast::test;

TEST_CASE("a release gives all that is held back") {
  auto sku = stocked(10);
  const auto ref = sku.hold(4);
  const auto answer = sku.ask(release(ref));
  CHECK(answer.record.reserved == 0);
  CHECK(answer.record.on_hand == 10);
  CHECK(answer.hold.state == reservation_state::released);
  CHECK(answer.hold.released == 4);
  CHECK(answer.hold.quantity == 4);
  CHECK(sku.last().type == event_type::stock_released);
  CHECK(sku.last().reserved_delta == -4);
  CHECK(sku.state.holds.empty());
  CHECK(sku.state.expiries.empty());
}

TEST_CASE("a release of a part leaves the rest held") {
  auto sku = stocked(10);
  const auto ref = sku.hold(4);
  const auto answer = sku.ask(release(ref, 1));
  CHECK(answer.hold.state == reservation_state::active);
  CHECK(answer.hold.held() == 3);
  CHECK(answer.record.reserved == 3);
  CHECK(sku.state.holds.size() == 1);
}

TEST_CASE("the release of the last part closes the hold") {
  auto sku = stocked(10);
  const auto ref = sku.hold(4);
  sku.ask(release(ref, 1));
  const auto answer = sku.ask(release(ref, 3));
  CHECK(answer.hold.state == reservation_state::released);
  CHECK(answer.hold.released == 4);
  CHECK(sku.state.holds.empty());
}

TEST_CASE("no more than is still held can be released") {
  auto sku = stocked(10);
  const auto ref = sku.hold(4);
  sku.ask(release(ref, 1));
  const auto answer = sku.ask(release(ref, 4));
  CHECK(answer.code == error_code::quantity_exceeds_hold);
  CHECK(answer.held == 3);
}

TEST_CASE("a commit ships stock and ends the hold") {
  auto sku = stocked(10);
  const auto ref = sku.hold(4);
  const auto answer = sku.ask(commit(ref));
  CHECK(answer.record.on_hand == 6);
  CHECK(answer.record.reserved == 0);
  CHECK(answer.hold.state == reservation_state::committed);
  CHECK(answer.hold.committed == 4);
  CHECK(answer.hold.released == 0);
  CHECK(sku.last().type == event_type::stock_committed);
  CHECK(sku.last().delta == -4);
  CHECK(sku.last().reserved_delta == -4);
}

TEST_CASE("a commit of a part gives the rest back") {
  auto sku = stocked(10);
  const auto ref = sku.hold(4);
  const auto answer = sku.ask(commit(ref, 3));
  CHECK(answer.record.on_hand == 7);
  CHECK(answer.record.reserved == 0);
  CHECK(answer.hold.committed == 3);
  CHECK(answer.hold.released == 1);
  CHECK(sku.state.holds.empty());
}

TEST_CASE("a commit after a part was released ships the rest") {
  auto sku = stocked(10);
  const auto ref = sku.hold(4);
  sku.ask(release(ref, 1));
  const auto answer = sku.ask(commit(ref));
  CHECK(answer.record.on_hand == 7);
  CHECK(answer.hold.committed == 3);
  CHECK(answer.hold.released == 1);
}

TEST_CASE("no more than is still held can be committed") {
  auto sku = stocked(10);
  const auto ref = sku.hold(4);
  const auto answer = sku.ask(commit(ref, 5));
  CHECK(answer.code == error_code::quantity_exceeds_hold);
  CHECK(answer.held == 4);
}

TEST_CASE("a backorder that is not yet filled cannot be shipped") {
  auto sku = stocked(2, 0, 5);
  const auto ref = sku.hold(4);
  const auto answer = sku.ask(commit(ref));
  CHECK(answer.code == error_code::insufficient_stock);
  CHECK(answer.requested == 4);
  CHECK(answer.available == -2);
  CHECK(sku.state.holds.size() == 1);
  CHECK(sku.ask(commit(ref, 2)).record.on_hand == 0);
}

TEST_CASE("a filled backorder can be shipped") {
  auto sku = stocked(2, 0, 5);
  const auto ref = sku.hold(4);
  sku.ask(adjust(2));
  CHECK(sku.ask(commit(ref)).record.on_hand == 0);
}

TEST_CASE("a live hold is not found under another sequence number") {
  auto sku = stocked(10);
  auto ref = sku.hold(4);
  ++ref.grant_seq;
  for (const auto& ask :
       {release(ref), commit(ref), extend(ref, 9), read_reservation(ref)})
    CHECK(sku.ask(ask).code == error_code::reservation_not_found);
}

TEST_CASE("a hold of a version that is not reached is not found") {
  auto sku = stocked(10);
  const auto refused = [&](const reservation_ref& ref) {
    const auto decided = decide(sku.state, release(ref), {sku.now_ms, 900});
    const auto* answer = std::get_if<outcome>(&decided);
    return answer != nullptr
           && answer->code == error_code::reservation_not_found;
  };
  CHECK(refused({0, 5}));
  CHECK(refused({2, 5}));
  CHECK_FALSE(refused({1, 5}));
}

TEST_CASE("a hold that is no longer live is the journal's to answer") {
  auto sku = stocked(10);
  const auto ref = sku.hold(4);
  sku.ask(commit(ref));
  const auto decided = decide(sku.state, commit(ref), {sku.now_ms, 900});
  CHECK(std::holds_alternative<closed_query>(decided));
}

TEST_CASE("preconditions and versions guard the use of a hold too") {
  auto sku = stocked(10);
  const auto ref = sku.hold(4);
  CHECK(sku.ask(if_match(release(ref), {1})).code
        == error_code::precondition_failed);
  CHECK(sku.ask(expecting(commit(ref), 1)).code
        == error_code::version_conflict);
  CHECK(sku.ask(if_match(release(ref, 1), {2})).ok());
}
