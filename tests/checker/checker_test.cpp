#include <doctest/doctest.h>

#include "tests/checker/told_history.hpp"

using namespace holdfast;
using namespace holdfast::test;
using items = std::set<int>;

TEST_CASE("a clean history has no violation") {
  told_history told;
  CHECK(told.items().empty());
  told.finals.clear();
  told.ask(reserve(1));
  told.ask(adjust(10));
  told.ask(adjust(4, "B"));
  const auto held = told.ask(reserve(3)).answer.hold;
  told.ask(reserve(8));
  told.ask(use(action::extend, held));
  told.ask(use(action::commit, held));
  told.ask(use(action::commit, held));
  told.ask(use(action::release, held));
  told.ask(use(action::read_reservation, held));
  told.ask(reserve(1, "B"));
  told.now_ms += 1'000'000;
  told.ask(read("B"));
  told.ask(count(5));
  told.lose(adjust(1));
  told.ask(read());
  const auto found = check(told.calls, told.journal, {});
  CHECK_MESSAGE(found.empty(), describe(found));
  CHECK(told.items().empty());
}

TEST_CASE("an acknowledged change must be in the journal") {
  told_history told;
  told.ask(adjust(10));
  told.ask(adjust(1));
  told.finals = {{"S", "A", told.calls.front().answer.record}};
  told.journal.pop_back();
  CHECK(told.items() == items{1});
}

TEST_CASE("two acknowledgements need two events") {
  told_history told;
  told.ask(adjust(10));
  told.calls.push_back(told.calls.back());
  CHECK(told.items() == items{1});
}

TEST_CASE("a lost update shows, though the answers look alike") {
  told_history told;
  told.ask(adjust(10));
  told.ask(adjust(1));
  auto lost = told.calls.back();
  lost.ask.amount = 2;
  lost.answer.record.on_hand = 12;
  told.calls.push_back(lost);
  CHECK(told.items() == items{1});
}

TEST_CASE("a repeated commit must find the first") {
  told_history told;
  told.ask(adjust(10));
  auto held = told.ask(reserve(3)).answer;
  auto call = told.ask(read());
  call.ask = use(action::commit, held.hold);
  call.answer = held;
  call.answer.hold.state = reservation_state::committed;
  told.calls.push_back(call);
  CHECK(told.items() == items{1});
}

TEST_CASE("an event that nobody asked for is found") {
  told_history told;
  told.ask(adjust(10));
  told.ask(adjust(1));
  told.calls.pop_back();
  CHECK(told.items() == items{2});
}

TEST_CASE("a request without a key that is applied twice is found") {
  told_history told;
  told.ask(adjust(10));
  told.lose(adjust(1));
  told.ask(adjust(1));
  told.calls.erase(told.calls.begin() + 1);
  CHECK(told.items() == items{2});
}

TEST_CASE("an event with other numbers than the request is found") {
  told_history told;
  told.lose(adjust(10));
  told.calls.back().ask.amount = 9;
  CHECK(told.items() == items{2});
}

TEST_CASE("a refusal that was applied is found") {
  told_history told;
  told.ask(adjust(10));
  auto& refused = told.ask(keyed(reserve(3), "k"));
  refused.answer = refusal(error_code::bulkhead_full);
  CHECK(told.items() == items{2});
}

TEST_CASE("a gap in the versions is found") {
  told_history told;
  told.ask(adjust(10));
  told.lose(adjust(1));
  told.ask(adjust(1));
  told.journal[1].seq = 0;
  told.journal.erase(told.journal.begin() + 1);
  told.journal[1].seq = 2;
  CHECK(told.items() == items{4});
}

TEST_CASE("a gap in the sequence is found") {
  told_history told;
  told.ask(adjust(10));
  told.ask(adjust(1, "B"));
  told.journal[1].seq = 3;
  CHECK(told.items() == items{4});
}

TEST_CASE("an event that points past the one before is found") {
  told_history told;
  told.ask(adjust(10));
  told.ask(adjust(1, "B"));
  told.ask(adjust(1));
  told.journal[2].prev_seq = 2;
  CHECK(told.items() == items{4});
}

TEST_CASE("versions that are numbered backwards are found") {
  told_history told;
  told.ask(adjust(10));
  told.ask(adjust(1));
  CHECK(check_order(told.journal).empty());
  std::swap(told.journal[0].seq, told.journal[1].seq);
  std::swap(told.journal[0], told.journal[1]);
  for (auto& change : told.journal)
    change.prev_seq = 0;
  CHECK(check_numbers(told.journal).empty());
  CHECK(told.items() == items{4});
  CHECK(check_order(told.journal).size() == 1);
}

TEST_CASE("who tells one final record tells all") {
  told_history told;
  told.ask(adjust(10));
  told.ask(adjust(1, "B"));
  // Nothing is there to be told.
  told.ask(read("C"));
  told.rest();
  std::erase_if(told.finals, [](auto& each) { return each.sku == "C"; });
  terms all;
  all.reads_all = true;
  CHECK(check(told.calls, told.journal, told.finals, all).empty());
  told.finals.pop_back();
  const auto found = check(told.calls, told.journal, told.finals, all);
  REQUIRE(found.size() == 1);
  CHECK(found.front().item == 7);
  CHECK(told.items().empty());
  CHECK(check(told.calls, told.journal, {}, all).empty());
}

TEST_CASE("conservation: the final record is that of the journal") {
  told_history told;
  told.ask(adjust(10));
  told.rest();
  told.finals[0].record.on_hand = 11;
  CHECK(told.items() == items{7});
}

TEST_CASE("conservation: the deltas lead to the balances") {
  told_history told;
  told.ask(adjust(10));
  told.journal[0].after.on_hand = 12;
  told.calls[0].answer.record.on_hand = 12;
  CHECK(told.items().contains(7));
}

TEST_CASE("conservation: reserved is the sum of the live holds") {
  told_history told;
  told.ask(adjust(10));
  told.ask(reserve(3));
  told.journal[1].hold.quantity = 2;
  CHECK(told.items().contains(7));
}

TEST_CASE("an event that only another body of its key could excuse is found") {
  told_history told;
  told.ask(adjust(10));
  auto refused = told.ask(keyed(adjust(1), "k"));
  refused.answer = refusal(error_code::idempotency_mismatch);
  auto other = refused;
  other.ask = keyed(adjust(2), "k");
  other.known = false;
  other.answer = {};
  told.calls.back() = refused;
  told.calls.push_back(other);
  CHECK(told.items().contains(2));
}
