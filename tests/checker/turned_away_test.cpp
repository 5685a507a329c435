// Tries that were refused for the moment: nothing came of them.
#include <doctest/doctest.h>

#include "tests/checker/told_history.hpp"

using namespace holdfast;
using namespace holdfast::test;
using items = std::set<int>;

namespace {

/// Somebody asks, and is refused as `code` without a look at the stock.
void turn_away(told_history& told, command what, error_code code) {
  auto& call = told.ask(read());
  call.ask = std::move(what);
  call.answer = refusal(code);
}

/// Nobody knows what came of it.
void lose_answer(entry& of) {
  of.known = false;
  of.answer = {};
}

} // namespace

TEST_CASE("a change is not there before the try that made it") {
  for (const auto code : {error_code::overloaded, error_code::rate_limited,
                          error_code::lease_held, error_code::shutting_down}) {
    told_history told;
    told.ask(adjust(10));
    turn_away(told, keyed(adjust(1), "k"), code);
    told.ask(read());
    told.ask(keyed(adjust(1), "k"));
    CHECK(told.items().empty());
    told.calls[2].answer.record = told.calls[3].answer.record;
    CHECK(told.items() == items{6});
    lose_answer(told.calls[1]);
    CHECK(told.items().empty());
  }
}

TEST_CASE("a try with another body did not make the change") {
  told_history told;
  told.ask(adjust(10));
  turn_away(told, keyed(adjust(2), "k"), error_code::idempotency_mismatch);
  told.ask(read());
  told.ask(keyed(adjust(1), "k"));
  told.calls[1].returned_ns = told.calls[3].returned_ns;
  CHECK(told.items().empty());
  told.calls[2].answer.record = told.calls[3].answer.record;
  CHECK(told.items() == items{6});
}

TEST_CASE("a refusal has its reason when a try is judged that may be") {
  told_history told;
  told.ask(adjust(10));
  turn_away(told, keyed(reserve(11), "k"), error_code::overloaded);
  told.ask(adjust(5));
  turn_away(told, keyed(reserve(11), "k"), error_code::insufficient_stock);
  CHECK(told.items() == items{5});
  lose_answer(told.calls[1]);
  CHECK(told.items().empty());
}

TEST_CASE("who has to name a version is told what there is each time") {
  told_history told;
  told.with.is_http = true;
  told.ask(adjust(10));
  auto blind = count(5);
  blind.from.key = "k";
  for (int i = 0; i < 2; ++i) {
    turn_away(told, blind, error_code::precondition_required);
    told.calls.back().answer.current_version = 1;
  }
  CHECK(told.items().empty());
  told.ask(adjust(1));
  std::swap(told.calls[2], told.calls[3]);
  std::swap(told.calls[2].called_ns, told.calls[3].called_ns);
  std::swap(told.calls[2].returned_ns, told.calls[3].returned_ns);
  told.rest();
  CHECK(told.items() == items{6});
  told.calls[3].answer.current_version = 2;
  CHECK(told.items().empty());
}

TEST_CASE("a key lives from the first try that was not turned away") {
  told_history told;
  told.ask(adjust(10));
  turn_away(told, keyed(reserve(11), "k"), error_code::overloaded);
  told.now_ns += 200 * ns_per_s;
  told.ask(keyed(reserve(11), "k"));
  told.ask(adjust(10));
  told.now_ns += 110 * ns_per_s;
  told.ask(keyed(reserve(11), "k"));
  CHECK(told.items() == items{3});
  told.calls.back().called_ns += 200 * ns_per_s;
  told.calls.back().returned_ns += 200 * ns_per_s;
  CHECK(told.items().empty());
}

TEST_CASE("a body that was turned away is no reason for a mismatch") {
  for (const auto code :
       {error_code::overloaded, error_code::idempotency_mismatch,
        error_code::idempotency_in_flight}) {
    told_history told;
    told.ask(adjust(10));
    turn_away(told, keyed(adjust(1), "k"), error_code::overloaded);
    turn_away(told, keyed(adjust(2), "k"), error_code::idempotency_mismatch);
    turn_away(told, keyed(adjust(1), "k"), code);
    told.calls[2].returned_ns = told.calls[3].returned_ns;
    CHECK(told.items() == items{5});
    lose_answer(told.calls[1]);
    const auto is_same_body = code == error_code::idempotency_mismatch;
    CHECK(told.items() == (is_same_body ? items{5} : items{}));
  }
}

TEST_CASE("who is turned away by a key does not use it") {
  told_history told;
  told.ask(adjust(10));
  for (int i = 0; i < 2; ++i)
    turn_away(told, keyed(adjust(1), "k"), error_code::idempotency_in_flight);
  told.calls[1].returned_ns = told.calls[2].returned_ns;
  CHECK(told.items() == items{5});
  turn_away(told, keyed(adjust(1), "k"), error_code::overloaded);
  told.calls[3].called_ns = told.calls[1].called_ns;
  // It may have been put off only when it was to be written.
  CHECK(told.items().empty());
}
