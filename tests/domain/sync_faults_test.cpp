// Rounds over ledgers that do not answer as they should.
#include <doctest/doctest.h>

#include "told_ledger.hpp"

using namespace holdfast;
using namespace holdfast::test;
using namespace std::chrono_literals;

TEST_CASE_FIXTURE(told_rounds, "a page that fails once is asked for again") {
  ledgers[0].adjust("S", "A", 1);
  broken = {0};
  REQUIRE(ask(1) == error_code::none);
  run();
  CHECK(answers.empty());
  broken.clear();
  pass(100ms);
  REQUIRE(is_answered(1));
  CHECK(answers[1].report.failed_stores.empty());
  CHECK(on_hand("A") == 1);
}

TEST_CASE_FIXTURE(told_rounds, "a page that never comes is asked for again") {
  ledgers[0].adjust("S", "A", 1);
  silent = {0};
  REQUIRE(ask(1) == error_code::none);
  pass(1'999ms);
  silent.clear();
  pass(101ms);
  CHECK(is_answered(1));
  CHECK(on_hand("A") == 1);
}

TEST_CASE_FIXTURE(told_rounds, "a round without a store is not complete") {
  ledgers[0].adjust("S", "A", 10);
  ledgers[1].adjust("T", "A", 5);
  round();
  ledgers[0].adjust("S", "A", 10);
  ledgers[1].adjust("T", "A", 5);
  broken = {1};
  REQUIRE(ask(2) == error_code::none);
  pass(5s);
  REQUIRE(is_answered(2));
  CHECK(answers[2].report.failed_stores == std::vector<std::string>{"T"});
  CHECK(rounds.status(now).failures == 1);
  CHECK_FALSE(view().complete);
  CHECK(view().failed_stores == std::vector<std::string>{"T"});
  // What was known of T stays readable.
  CHECK(on_hand("A") == 25);
  broken.clear();
  pass(30s);
  round(3);
  CHECK(view().complete);
  CHECK(on_hand("A") == 30);
}

TEST_CASE_FIXTURE(told_rounds, "a ledger that keeps failing is left alone") {
  broken = {0, 1};
  REQUIRE(ask(1) == error_code::none);
  pass(2s);
  REQUIRE(is_answered(1));
  CHECK(answers[1].report.failed_stores.size() == 2);
  CHECK(rounds.status(now).breaker == breaker_policy::state::open);
  CHECK(ask(2) == error_code::circuit_open);
  // The other node's is tried again soon, the own one is left alone.
  CHECK(rounds.retry_after(now) > 0s);
  CHECK(rounds.retry_after(now) <= sync_rounds::mend_time);
  pass(sync_rounds::mend_time);
  CHECK(ask(2) == error_code::none);
  broken.clear();
  pass(20s);
  CHECK(answers[2].report.failed_stores == std::vector<std::string>{"S"});
  pass(10s);
  CHECK(round(3).failed_stores.empty());
  CHECK(rounds.status(now).breaker == breaker_policy::state::closed);
}

TEST_CASE_FIXTURE(told_rounds, "one open circuit does not close the others") {
  broken = {1};
  ask(1);
  pass(2s);
  questions = 0;
  ledgers[0].adjust("S", "A", 1);
  const auto report = round(2);
  CHECK(report.failed_stores == std::vector<std::string>{"T"});
  CHECK(questions == 1);
  CHECK(on_hand("A") == 1);
}

TEST_CASE_FIXTURE(told_rounds, "what an open circuit keeps back is counted") {
  broken = {1};
  ask(1);
  pass(2s);
  // It opened when nothing was left to be asked in that round.
  CHECK(rounds.take_refused() == 0);
  round(2);
  CHECK(rounds.take_refused() == 1);
  CHECK(rounds.take_refused() == 0);
  broken.clear();
  pass(sync_rounds::mend_time);
  CHECK(round(3).failed_stores.empty());
  CHECK(rounds.take_refused() == 0);
}

TEST_CASE_FIXTURE(told_rounds, "what owners know otherwise is drift") {
  ledgers[0].adjust("S", "A", 1);
  ledgers[0].changes[0].delta = 2;
  ledgers[0].changes[0].after.on_hand = 2;
  const auto report = round();
  CHECK(report.drift == 1);
  REQUIRE(drifts.size() == 1);
  CHECK(drifts[0].sku == "A");
  CHECK(rounds.status(now).last->drift == 1);
  CHECK(round(2).drift == 0);
}

TEST_CASE_FIXTURE(told_rounds, "late answers belong to nobody") {
  ledgers[0].adjust("S", "A", 1);
  REQUIRE(ask(1) == error_code::none);
  rounds.advance(now, 0);
  auto orders = rounds.take_collects();
  REQUIRE(orders.size() == 2);
  const auto page = ledgers[0].read(orders[0].ask.from, 10);
  now += 2s;
  rounds.advance(now, 0);
  rounds.take(0, orders[0].ask.number, &page, now);
  rounds.take(0, orders[0].ask.number, nullptr, now);
  rounds.take(9, orders[0].ask.number, &page, now);
  rounds.attest(64, balances{});
  pass(10s);
  CHECK(is_answered(1));
  CHECK(on_hand("A") == 1);
  CHECK(drifts.empty());
}

TEST_CASE_FIXTURE(told_rounds, "a store that is made elsewhere begins anew") {
  ledgers[0].adjust("S", "A", 1);
  ledgers[1].adjust("T", "A", 5);
  ledgers[1].adjust("T", "B", 2);
  CHECK(round().skus == 2);
  // Its node is gone for good.
  broken = {1};
  rounds.know({"n2", {}});
  const auto without = round();
  CHECK(without.failed_stores.empty());
  CHECK(without.stores == 1);
  CHECK(without.skus == 1);
  CHECK(on_hand("A") == 1);
  CHECK(on_hand("B") == -1);
  ledgers[1] = {};
  ledgers[1].adjust("T", "B", 7);
  ledgers[0].adjust("T", "B", 7);
  rounds.know({"n1", {"S", "T"}});
  CHECK(round().drift == 0);
  CHECK(on_hand("A") == 1);
  CHECK(on_hand("B") == 7);
  CHECK(view().complete);
}

TEST_CASE_FIXTURE(told_rounds, "a store that is lost in a round is left out") {
  ledgers[0].adjust("S", "A", 1);
  ledgers[1].adjust("T", "A", 5);
  silent_owners = {1};
  REQUIRE(ask(1) == error_code::none);
  run();
  // The owner was asked, and answers when nobody wants to know any more.
  rounds.know({"n2", {}});
  run();
  REQUIRE(is_answered(1));
  CHECK(answers[1].report.failed_stores.empty());
  CHECK(on_hand("A") == 1);
  answers.clear();
  CHECK(round(2).drift == 0);
}

TEST_CASE_FIXTURE(told_rounds,
                  "a node that loses one of its stores is reread") {
  ledgers[0].adjust("S", "A", 1);
  ledgers[0].adjust("U", "A", 2);
  ledgers[1].adjust("T", "A", 4);
  rounds.know({"n1", {"S", "U"}});
  silent_owners = {1};
  REQUIRE(ask(1) == error_code::none);
  run();
  pass(2s);
  CHECK(on_hand("A") == 7);
  rounds.know({"n1", {"S"}});
  ledgers[0] = {};
  ledgers[0].adjust("S", "A", 1);
  answers.clear();
  CHECK(round(2).drift == 0);
  CHECK(on_hand("A") == 5);
}
