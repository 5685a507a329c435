// Rounds over ledgers of nodes that go away and come back.
#include <doctest/doctest.h>

#include "told_ledger.hpp"

using namespace holdfast;
using namespace holdfast::test;
using namespace std::chrono_literals;

namespace {

struct by_themselves : told_rounds {
  by_themselves() : told_rounds(settings(15s)) {
    ledgers[0].adjust("S", "A", 1);
    ledgers[1].adjust("T", "A", 2);
    run();
    CHECK(view().complete);
  }
};

} // namespace

TEST_CASE_FIXTURE(by_themselves, "a node that comes back is read at once") {
  silent = {1};
  for (int i = 0; i < 3; ++i)
    pass(15s);
  CHECK(rounds.status(now).breaker == breaker_policy::state::open);
  rounds.lose(1);
  pass(1s);
  ledgers[1].adjust("T", "A", 4);
  silent.clear();
  questions = 0;
  rounds.reach(1, now);
  run();
  CHECK(view().complete);
  CHECK(on_hand("A") == 7);
  CHECK(rounds.status(now).breaker == breaker_policy::state::closed);
  // What was read before is not read again: a page of one and the other.
  CHECK(questions == 2);
}

TEST_CASE_FIXTURE(by_themselves, "what a node comes back to is not put off") {
  silent = {1};
  pass(15s);
  REQUIRE(rounds.wakes_at() > now);
  // The round waits for it, asks the new way, and the next one begins at once.
  silent.clear();
  rounds.reach(1, now);
  const auto before = rounds.status(now).rounds;
  run();
  CHECK(rounds.status(now).rounds == before + 2);
  CHECK(rounds.status(now).failures == 0);
  pass(14s);
  CHECK(rounds.status(now).rounds == before + 2);
}

TEST_CASE_FIXTURE(by_themselves, "what mends unnoticed is read soon") {
  broken = {1};
  for (int i = 0; i < 10; ++i)
    pass(15s);
  CHECK(rounds.status(now).breaker == breaker_policy::state::open);
  ledgers[1].adjust("T", "A", 4);
  broken.clear();
  CHECK_FALSE(view().complete);
  for (int i = 0; i < 100; ++i)
    pass(100ms);
  CHECK(view().complete);
  CHECK(on_hand("A") == 7);
}

TEST_CASE_FIXTURE(by_themselves, "who is away is not asked more often") {
  rounds.lose(1);
  const auto before = rounds.status(now).rounds;
  for (int i = 0; i < 300; ++i)
    pass(100ms);
  CHECK(rounds.status(now).rounds == before + 2);
}

TEST_CASE_FIXTURE(told_rounds, "that a node is away is no fault of it") {
  ledgers[0].adjust("S", "A", 1);
  rounds.lose(1);
  for (std::uint64_t i = 1; i <= 10; ++i)
    CHECK(round(i).failed_stores == std::vector<std::string>{"T"});
  CHECK(questions == 11);
  CHECK(on_hand("A") == 1);
  CHECK(rounds.status(now).breaker == breaker_policy::state::closed);
  rounds.reach(1, now);
  run();
  // On demand only.
  CHECK(rounds.status(now).rounds == 10);
  CHECK(round(11).failed_stores.empty());
}

TEST_CASE_FIXTURE(told_rounds, "stores that failed are told by name") {
  const auto last = rounds.know({"n3", {"A", "U"}});
  rounds.lose(1);
  rounds.lose(last);
  CHECK(round().failed_stores == std::vector<std::string>{"A", "T", "U"});
}

TEST_CASE_FIXTURE(told_rounds, "a round does not wait for who goes away") {
  silent = {1};
  REQUIRE(ask(1) == error_code::none);
  run();
  CHECK(answers.empty());
  rounds.lose(1);
  run();
  REQUIRE(is_answered(1));
  CHECK(answers[1].report.failed_stores == std::vector<std::string>{"T"});
}

TEST_CASE_FIXTURE(told_rounds, "an answer the old way belongs to nobody") {
  ledgers[1].adjust("T", "A", 1);
  REQUIRE(ask(1) == error_code::none);
  rounds.advance(now, 0);
  const auto orders = rounds.take_collects();
  REQUIRE(orders.size() == 2);
  const auto page = ledgers[1].read(orders[1].ask.from, page_limit);
  rounds.reach(1, now);
  rounds.take(1, orders[1].ask.number, &page, now);
  run();
  CHECK(questions == 2);
  rounds.take(1, orders[1].ask.number, nullptr, now);
  pass(5s);
  CHECK(drifts.empty());
  CHECK(on_hand("A") == 1);
}

TEST_CASE_FIXTURE(told_rounds, "a store counts where its owner's ledger is") {
  ledgers[0].adjust("S", "A", 7);
  ledgers[1].adjust("S", "A", 100);
  ledgers[1].adjust("S", "C", 50);
  ledgers[1].adjust("T", "B", 1);
  const auto report = round();
  CHECK(report.failed_stores.empty());
  CHECK(report.drift == 0);
  CHECK(report.skus == 2);
  CHECK(on_hand("A") == 7);
  // Nor do records.
  ledgers[1].checkpoint();
  rounds.know({"n2", {}});
  rounds.know({"n2", {"T"}});
  CHECK(round().drift == 0);
  CHECK(on_hand("A") == 7);
}

TEST_CASE_FIXTURE(told_rounds, "what nobody has counts until somebody has it") {
  unowned = {"U"};
  ledgers[1].adjust("U", "A", 100);
  ledgers[1].adjust("T", "B", 1);
  CHECK(round().skus == 2);
  CHECK(on_hand("A") == 100);
  rounds.know({"n1", {"S", "U"}});
  ledgers[0].adjust("U", "A", 3);
  CHECK(round().drift == 0);
  CHECK(on_hand("A") == 3);
  CHECK(on_hand("B") == 1);
  // What was passed over counts where the store is now.
  rounds.know({"n2", {"T", "U"}});
  CHECK(round().drift == 0);
  CHECK(on_hand("A") == 100);
  CHECK(on_hand("B") == 1);
}

TEST_CASE_FIXTURE(told_rounds, "what its owner gives up counts where it is") {
  unowned = {"U"};
  rounds.know({"n1", {"S", "U"}});
  ledgers[1].adjust("U", "A", 100);
  CHECK(round().skus == 0);
  rounds.know({"n1", {"S"}});
  CHECK(round().drift == 0);
  CHECK(on_hand("A") == 100);
}

TEST_CASE_FIXTURE(told_rounds, "a store that is made costs no second reading") {
  ledgers[1].adjust("T", "A", 1);
  ledgers[1].adjust("U", "A", 2);
  round();
  rounds.know({"n2", {"T", "U"}});
  rounds.know({"n1", {"S", "V"}});
  questions = 0;
  CHECK(round().drift == 0);
  CHECK(questions == 2);
  CHECK(on_hand("A") == 3);
}
