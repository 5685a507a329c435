// Rounds of a node that has not heard of all others.
#include <doctest/doctest.h>

#include "told_ledger.hpp"

using namespace holdfast;
using namespace holdfast::test;

TEST_CASE_FIXTURE(told_rounds, "nothing is complete before all are known") {
  ledgers[0].adjust("S", "A", 1);
  rounds.expect(false, now);
  const auto first = round();
  CHECK_FALSE(first.is_whole);
  CHECK(first.failed_stores.empty());
  CHECK_FALSE(view().complete);
  CHECK(on_hand("A") == 1);
  // What is heard during a round may not be in it.
  REQUIRE(ask(2) == error_code::none);
  rounds.advance(now, 0);
  rounds.expect(true, now);
  run();
  REQUIRE(is_answered(2));
  CHECK_FALSE(answers[2].report.is_whole);
  CHECK(round(3).is_whole);
  CHECK(view().complete);
  rounds.expect(false, now);
  CHECK_FALSE(round(4).is_whole);
}

TEST_CASE("a round is due once all are known") {
  auto with = told_rounds::settings(std::chrono::seconds{15});
  with.is_whole = false;
  told_rounds in{with};
  in.run();
  CHECK(in.view().round == 1);
  CHECK_FALSE(in.view().complete);
  in.rounds.expect(true, in.now);
  in.run();
  CHECK(in.view().round == 2);
  CHECK(in.view().complete);
  in.rounds.expect(true, in.now);
  in.run();
  CHECK(in.view().round == 2);
}
