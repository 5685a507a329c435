#include <doctest/doctest.h>

#include "told_ledger.hpp"

using namespace holdfast;
using namespace holdfast::test;
using namespace std::chrono_literals;

namespace {

struct every_second : told_rounds {
  every_second() : told_rounds(settings(1s)) {
    // nop
  }
};

} // namespace

TEST_CASE_FIXTURE(told_rounds, "a round sums up all stores") {
  CHECK_FALSE(view().complete);
  ledgers[0].adjust("S", "A", 10);
  ledgers[1].adjust("T", "A", 5);
  ledgers[1].adjust("T", "B", 1);
  const auto report = round();
  CHECK(report.round == 1);
  CHECK(report.stores == 2);
  CHECK(report.skus == 2);
  CHECK(report.failed_stores.empty());
  CHECK(report.drift == 0);
  CHECK(view().complete);
  CHECK(view().as_of_ms == report.started_at_ms);
  CHECK(on_hand("A") == 15);
  CHECK(on_hand("B") == 1);
}

TEST_CASE_FIXTURE(told_rounds, "a round takes what changed and no more") {
  for (int i = 0; i < 10; ++i)
    ledgers[0].adjust("S", "A", 1);
  round();
  // Four pages of changes and the end of the records; one and one of the other.
  CHECK(questions == 5 + 1);
  questions = 0;
  witnesses = 0;
  round();
  CHECK(questions == 2);
  CHECK(witnesses == 0);
  ledgers[1].adjust("T", "A", 1);
  round();
  CHECK(questions == 4);
  CHECK(witnesses == 1);
  CHECK(on_hand("A") == 11);
}

TEST_CASE_FIXTURE(told_rounds, "the first round begins with records") {
  for (int i = 0; i < 10; ++i)
    ledgers[0].adjust("S", std::to_string(i % 7), 1);
  ledgers[0].checkpoint(2);
  ledgers[0].adjust("S", "3", 1);
  ledgers[0].adjust("S", "new", 1);
  const auto report = round();
  CHECK(report.skus == 8);
  CHECK(report.drift == 0);
  CHECK(on_hand("0") == 2);
  CHECK(on_hand("3") == 2);
  CHECK(on_hand("new") == 1);
}

TEST_CASE_FIXTURE(told_rounds, "a round ends although changes keep coming") {
  ledgers[0].adjust("S", "A", 1);
  REQUIRE(ask(1) == error_code::none);
  rounds.advance(now, 0);
  for (int i = 0; i < 100 && !is_answered(1); ++i) {
    for (const auto& order : rounds.take_collects()) {
      for (int n = 0; n < 5; ++n)
        ledgers[order.source].adjust(order.source == 0 ? "S" : "T", "A", 1);
      const auto page = ledgers[order.source].read(order.ask.from, page_limit);
      rounds.take(order.source, order.ask.number, &page, now);
    }
    for (const auto& order : rounds.take_witnesses())
      rounds.attest(order.number, std::nullopt);
    rounds.advance(now, 0);
    for (auto& each : rounds.take_answers())
      answers[each.caller] = each;
  }
  CHECK(is_answered(1));
}

TEST_CASE_FIXTURE(told_rounds,
                  "a caller is answered by a round that began later") {
  silent_owners = {0};
  ledgers[0].adjust("S", "A", 1);
  REQUIRE(ask(1) == error_code::none);
  run();
  // Round 1 waits for the owner of A.
  ledgers[0].adjust("S", "A", 1);
  REQUIRE(ask(2) == error_code::none);
  run();
  CHECK(answers.empty());
  pass(1s);
  REQUIRE(is_answered(1));
  CHECK(answers[1].report.round == 1);
  CHECK_FALSE(is_answered(2));
  pass(1s);
  REQUIRE(is_answered(2));
  CHECK(answers[2].report.round == 2);
  CHECK(on_hand("A") == 2);
}

TEST_CASE_FIXTURE(told_rounds, "callers beyond permits and queue are refused") {
  silent = {0};
  for (std::uint64_t caller = 1; caller <= 5; ++caller)
    CHECK(ask(caller) == error_code::none);
  CHECK(ask(6) == error_code::bulkhead_full);
  run();
  CHECK(ask(7) == error_code::bulkhead_full);
  pass(4s);
  CHECK(answers.empty());
  pass(1s);
  REQUIRE(answers.size() == 5);
  for (const auto& [caller, said] : answers)
    CHECK(said.code == error_code::deadline_exceeded);
  silent.clear();
  answers.clear();
  // Every permit has come back.
  for (std::uint64_t caller = 1; caller <= 5; ++caller)
    CHECK(ask(caller) == error_code::none);
  pass(60s);
  CHECK(answers.size() == 5);
}

TEST_CASE_FIXTURE(told_rounds, "those in the queue get later rounds") {
  for (std::uint64_t caller = 1; caller <= 5; ++caller)
    CHECK(ask(caller) == error_code::none);
  run();
  REQUIRE(answers.size() == 5);
  CHECK(answers[2].report.round == 1);
  CHECK(answers[4].report.round == 2);
  CHECK(answers[5].report.round == 3);
}

TEST_CASE_FIXTURE(every_second, "rounds begin by themselves, at once") {
  run();
  CHECK(rounds.status(now).rounds == 1);
  CHECK(rounds.status(now).is_running);
  pass(999ms);
  CHECK(rounds.status(now).rounds == 1);
  pass(1ms);
  CHECK(rounds.status(now).rounds == 2);
  pass(60s);
  CHECK(rounds.status(now).rounds == 62);
}

TEST_CASE_FIXTURE(every_second, "the pace changes, ends and begins") {
  run();
  rounds.pace(10s, now);
  pass(9'999ms);
  CHECK(rounds.status(now).rounds == 1);
  pass(1ms);
  CHECK(rounds.status(now).rounds == 2);
  rounds.pace(0s, now);
  CHECK_FALSE(rounds.status(now).is_running);
  CHECK(rounds.status(now).interval == 10s);
  pass(3'600s);
  CHECK(rounds.status(now).rounds == 2);
  round();
  CHECK(rounds.status(now).rounds == 3);
  rounds.pace(100ms, now);
  pass(1s);
  CHECK(rounds.status(now).rounds == 13);
}
