// Rounds over ledgers of nodes that go on from an older copy.
#include <doctest/doctest.h>

#include "told_ledger.hpp"

using namespace holdfast;
using namespace holdfast::test;
using namespace std::chrono_literals;

namespace {

/// Five changes were read.
struct read_once : told_rounds {
  read_once() {
    for (int i = 0; i < 5; ++i)
      ledgers[1].adjust("T", "A", 1);
    ledgers[0].adjust("S", "A", 100);
    round();
    CHECK(on_hand("A") == 105);
  }
};

} // namespace

TEST_CASE_FIXTURE(read_once, "a ledger that became shorter is read anew") {
  ledgers[1].go_back(3);
  const auto report = round(2);
  CHECK(report.failed_stores.empty());
  CHECK(report.drift == 0);
  CHECK(view().complete);
  CHECK(on_hand("A") == 103);
  ledgers[1].adjust("T", "A", 10);
  CHECK(round(3).drift == 0);
  CHECK(on_hand("A") == 113);
}

TEST_CASE_FIXTURE(read_once, "other events at the same places are noticed") {
  for (const std::size_t more : {2, 9}) {
    CAPTURE(more);
    ledgers[1].go_back(3);
    for (std::size_t i = 0; i < more; ++i)
      ledgers[1].adjust("T", "B", static_cast<std::int64_t>(more));
    const auto report = round();
    CHECK(report.failed_stores.empty());
    CHECK(report.drift == 0);
    CHECK(on_hand("A") == 103);
    CHECK(on_hand("B") == static_cast<std::int64_t>(more * more));
  }
}

TEST_CASE_FIXTURE(read_once, "what goes on from what was read is not reread") {
  ledgers[1].go_back(5);
  ledgers[1].adjust("T", "A", 1);
  questions = 0;
  round();
  CHECK(questions == 2);
  CHECK(on_hand("A") == 106);
}

TEST_CASE_FIXTURE(told_rounds, "records of a log that is no more are dropped") {
  page_limit = 2;
  for (const auto* sku : {"A", "B", "C", "D", "E"})
    ledgers[1].adjust("T", sku, 1);
  ledgers[1].adjust("T", "A", 1);
  ledgers[1].checkpoint();
  REQUIRE(ask(1) == error_code::none);
  rounds.advance(now, 0);
  for (const auto& order : rounds.take_collects()) {
    const auto page = ledgers[order.source].read(order.ask.from, page_limit);
    rounds.take(order.source, order.ask.number, &page, now);
  }
  // The copy does not have the last change, which the first page shows.
  ledgers[1].go_back(5);
  ledgers[1].checkpoint();
  run();
  REQUIRE(is_answered(1));
  CHECK(answers[1].report.failed_stores.empty());
  CHECK(answers[1].report.drift == 0);
  CHECK(on_hand("A") == 1);
  CHECK(on_hand("E") == 1);
}

TEST_CASE_FIXTURE(read_once, "who is another each time ends its round only") {
  REQUIRE(ask(2) == error_code::none);
  ledger_page other;
  other.is_other = true;
  std::size_t asked = 0;
  for (int i = 0; i < 20 && !is_answered(2); ++i) {
    rounds.advance(now, 0);
    for (const auto& order : rounds.take_collects()) {
      const auto& from = order.ask.from;
      asked += order.source;
      const auto page = order.source == 1 && from != ledger_position{}
                            ? other
                            : ledgers[order.source].read(from, page_limit);
      rounds.take(order.source, order.ask.number, &page, now);
    }
    for (const auto& order : rounds.take_witnesses())
      rounds.attest(order.number, std::nullopt);
    for (auto& each : rounds.take_answers())
      answers[each.caller] = std::move(each);
  }
  REQUIRE(is_answered(2));
  CHECK(answers[2].report.failed_stores == std::vector<std::string>{"T"});
  CHECK(asked == 3);
  CHECK(on_hand("A") == 100);
  answers.clear();
  CHECK(round(3).failed_stores.empty());
  CHECK(on_hand("A") == 105);
}

TEST_CASE_FIXTURE(told_rounds, "nothing to go on from cannot be another's") {
  ledgers[0].adjust("S", "A", 1);
  REQUIRE(ask(1) == error_code::none);
  ledger_page other;
  other.is_other = true;
  rounds.advance(now, 0);
  for (const auto& order : rounds.take_collects())
    rounds.take(order.source, order.ask.number, &other, now);
  run();
  CHECK_FALSE(is_answered(1));
  pass(1s);
  REQUIRE(is_answered(1));
  CHECK(answers[1].report.failed_stores.empty());
  CHECK(on_hand("A") == 1);
}
