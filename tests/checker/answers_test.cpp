#include <doctest/doctest.h>

#include "tests/checker/told_history.hpp"

using namespace holdfast;
using namespace holdfast::test;
using items = std::set<int>;

TEST_CASE("a stale read is found") {
  told_history told;
  told.ask(adjust(10));
  const auto old = told.calls.back().answer;
  told.ask(adjust(1));
  told.ask(read()).answer.record = old.record;
  CHECK(told.items() == items{6});
}

TEST_CASE("a read beside a change may see it or not") {
  for (const auto seen : {0, 1}) {
    told_history told;
    told.ask(adjust(10));
    told.ask(adjust(1));
    auto& call = told.ask(read());
    call.answer.record = told.calls[seen].answer.record;
    told.calls[1].returned_ns = call.returned_ns + 1;
    CHECK(told.items().empty());
  }
}

TEST_CASE("a read from the future is found") {
  told_history told;
  told.ask(adjust(10));
  told.ask(read());
  told.ask(adjust(1));
  told.calls[1].answer = told.calls[2].answer;
  CHECK(told.items() == items{6});
}

TEST_CASE("a read of what never was is found") {
  told_history told;
  told.ask(adjust(10));
  told.ask(read()).answer.record.reserved = 2;
  CHECK(told.items() == items{5});
}

TEST_CASE("what is available is held against the balances beside it") {
  for (const auto which : {0, 1}) {
    told_history told;
    told.ask(adjust(10));
    told.ask(read());
    auto& answer = told.calls[which].answer;
    answer.available = 10;
    CHECK(told.items().empty());
    answer.available = 9;
    CHECK(told.items() == items{5});
  }
}

TEST_CASE("a change that was overtaken by its own past is found") {
  told_history told;
  told.ask(adjust(10));
  told.ask(adjust(1));
  std::swap(told.calls[0].called_ns, told.calls[1].called_ns);
  std::swap(told.calls[0].returned_ns, told.calls[1].returned_ns);
  CHECK(told.items().contains(6));
}

TEST_CASE("a refusal needs a cause") {
  told_history told;
  told.ask(adjust(10));
  auto& call = told.ask(read());
  call.ask = reserve(3);
  call.answer = refusal(error_code::insufficient_stock);
  CHECK(told.items() == items{5});
  call.ask.amount = 11;
  CHECK(told.items().empty());
  call.answer.available = 9;
  CHECK(told.items() == items{5});
}

TEST_CASE("a cause that came to pass only later is none") {
  told_history told;
  told.ask(adjust(10));
  told.ask(read());
  told.ask(adjust(-8));
  told.calls[1].ask = reserve(3);
  told.calls[1].answer = refusal(error_code::insufficient_stock);
  CHECK(told.items() == items{5});
  told.calls[1].returned_ns = told.calls[2].returned_ns;
  CHECK(told.items().empty());
}

TEST_CASE("a version conflict needs another version") {
  told_history told;
  told.ask(adjust(10));
  auto late = adjust(1);
  late.expected_version = 0;
  told.ask(late);
  CHECK(told.items().empty());
  told.calls.back().ask.expected_version = 1;
  CHECK(told.items() == items{5});
}

TEST_CASE("an answer other than the event is found") {
  told_history told;
  told.ask(adjust(10)).answer.record.on_hand = 11;
  CHECK(told.items() == items{5});
}

TEST_CASE("overselling is found") {
  told_history told;
  told.ask(adjust(10));
  told.ask(reserve(3));
  auto& grant = told.journal.back();
  auto& call = told.calls.back();
  grant.hold.quantity = 13;
  grant.reserved_delta = 13;
  grant.after.reserved = 13;
  call.ask.amount = 13;
  call.answer = outcome_of(grant);
  told.finals = {{"S", "A", grant.after}};
  CHECK(told.items() == items{5});
}

TEST_CASE("an early expiry is found") {
  told_history told;
  told.ask(adjust(10));
  told.ask(reserve(3));
  told.now_ms += 900'000;
  told.ask(read());
  CHECK(told.items().empty());
  told.journal.back().after.updated_at_ms -= 1;
  told.calls.back().answer.record.updated_at_ms -= 1;
  told.finals[0].record.updated_at_ms -= 1;
  CHECK(told.items() == items{5});
}

TEST_CASE("a change that met an expired hold and left it is found") {
  told_history told;
  told.ask(adjust(10));
  told.ask(reserve(3));
  told.ask(adjust(1));
  auto& late = told.journal.back();
  late.after.updated_at_ms += 900'000;
  told.calls.back().answer = outcome_of(late);
  told.finals = {{"S", "A", late.after}};
  CHECK(told.items() == items{5});
  // Unless nobody had been told of the hold: it may not have been numbered.
  told.calls[1].known = false;
  CHECK(told.items().empty());
}

TEST_CASE("an answer that no key remembers is marked by nobody") {
  for (const auto code : {error_code::rate_limited, error_code::overloaded,
                          error_code::lease_held, error_code::read_only}) {
    told_history told;
    told.ask(keyed(adjust(1), "k"));
    told.retry().answer = refusal(code);
    CHECK(told.items().empty());
    told.calls[1].answer.replayed = true;
    CHECK(told.items() == items{5});
  }
}
