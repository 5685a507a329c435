// Tries that are one request, and what they may be told.
#include <doctest/doctest.h>

#include "tests/checker/told_history.hpp"

using namespace holdfast;
using namespace holdfast::test;
using items = std::set<int>;

TEST_CASE("numbers that the first try leaves out are not compared") {
  told_history told;
  told.ask(adjust(10));
  told.ask(keyed(reserve(11), "k"));
  told.retry();
  auto& first = told.calls[1].answer;
  first.available = absent;
  CHECK(told.items().empty());
  told.calls[2].answer.requested = absent;
  CHECK(told.items().empty());
  first.requested = 11;
  told.calls[2].answer.requested = 12;
  CHECK(told.items() == items{3, 5});
}

TEST_CASE("a key may be used by both paths to a hold") {
  const auto told_of = [](bool by_id_first, std::int64_t second) {
    told_history told;
    told.ask(adjust(10));
    auto release = use(action::release, told.ask(reserve(5)).answer.hold);
    release.from.key = "k";
    release.amount = 2;
    release.from.by_reservation = by_id_first;
    told.ask(release);
    release.from.by_reservation = !by_id_first;
    release.amount = second;
    told.ask(release);
    // As a feed tells it.
    for (auto& change : told.journal)
      change.from.by_reservation = false;
    return told;
  };
  for (const auto by_id_first : {false, true}) {
    CAPTURE(by_id_first);
    CHECK(told_of(by_id_first, 2).items().empty());
    // One of them was not answered.
    auto told = told_of(by_id_first, 2);
    told.calls[2].known = false;
    CHECK(told.items().empty());
    told.calls[3].known = false;
    CHECK(told.items().empty());
    // Each of them has one event at most.
    auto again = told.journal.back();
    again.seq = 5;
    again.prev_seq = 4;
    again.after.version = 5;
    told.journal.push_back(again);
    CHECK(told.items().contains(3));
  }
}

TEST_CASE("what was released by one path is repeated by the other") {
  for (const auto by_id_first : {false, true}) {
    told_history told;
    told.ask(adjust(10));
    auto release = use(action::release, told.ask(reserve(5)).answer.hold);
    release.from.key = "k";
    release.from.by_reservation = by_id_first;
    told.ask(release);
    release.from.by_reservation = !by_id_first;
    told.ask(release);
    for (auto& change : told.journal)
      change.from.by_reservation = false;
    CHECK(told.items().empty());
  }
}

TEST_CASE("a key remembers its answer whatever the next try says to match") {
  told_history told;
  told.ask(adjust(10));
  told.ask(adjust(1));
  auto ask = keyed(adjust(1), "k");
  ask.if_match = {etag_condition::kind::list, {1}};
  told.ask(ask);
  REQUIRE(told.calls.back().answer.code == error_code::precondition_failed);
  // Its caller was told the version, and names it under the same key.
  told.retry().ask.if_match.versions = {2};
  CHECK(told.items().empty());
  told.calls[3].ask.from.fingerprint[0] ^= 1;
  CHECK(told.items() == items{3, 5});
  told.calls[3].ask.from.key = "l";
  CHECK(told.items() == items{5});
}

TEST_CASE("a clock may be too coarse to tell tries apart") {
  told_history told;
  told.lose(keyed(adjust(10), "k"));
  auto& again = told.retry();
  again.known = true;
  again.answer = outcome_of(told.journal.back());
  again.answer.replayed = true;
  told.calls[0].called_ns = again.called_ns = again.returned_ns;
  CHECK(told.items().empty());
  told.calls[0].called_ns += 1;
  CHECK(told.items() == items{5});
}
