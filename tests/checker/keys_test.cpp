#include <doctest/doctest.h>

#include "tests/checker/told_history.hpp"

using namespace holdfast;
using namespace holdfast::test;
using items = std::set<int>;

namespace {

/// A key whose first try was lost, and whose second was answered.
told_history retried() {
  told_history told;
  told.ask(adjust(10));
  told.ask(keyed(adjust(1), "k"));
  told.retry();
  told.calls[1].known = false;
  return told;
}

/// As a feed tells it.
reservation named_only(const reservation& hold) {
  reservation made;
  made.ref = hold.ref;
  return made;
}

} // namespace

TEST_CASE("a retry with the same answer is fine, however late") {
  auto told = retried();
  CHECK(told.items().empty());
  told.calls[1].known = true;
  told.ask(adjust(5));
  told.calls.push_back(told.calls[2]);
  told.calls.back().called_ns = told.now_ns += 10;
  told.calls.back().returned_ns = told.now_ns += 10;
  told.rest();
  CHECK(told.items().empty());
}

TEST_CASE("who asks again what was answered is told so") {
  auto told = retried();
  // It was not answered before.
  told.calls[2].answer.replayed = false;
  told.retry();
  CHECK(told.items().empty());
  told.retry().answer.replayed = false;
  CHECK(told.items() == items{3});
  // Nobody marks anything.
  told.calls[3].answer.replayed = false;
  CHECK(told.items().empty());
  told.calls[3].answer.replayed = true;
  // Both were under way at once.
  told.calls[4].called_ns = told.calls[2].returned_ns;
  CHECK(told.items().empty());
}

TEST_CASE("a commit whose key was forgotten is told again as if it were new") {
  told_history told;
  told.ask(keyed(adjust(10), "a"));
  told.retry();
  const auto held = told.ask(reserve(4)).answer.hold;
  told.ask(keyed(use(action::commit, held), "k"));
  told.retry().answer.replayed = false;
  CHECK(told.items() == items{3});
  told.calls.back().returned_ns = told.now_ns += 301'000'000'000;
  CHECK(told.items().empty());
}

TEST_CASE("a key with two events is found") {
  told_history told;
  told.lose(keyed(adjust(1), "k"));
  told.ask(keyed(adjust(1), "k"));
  CHECK(told.items() == items{3});
}

TEST_CASE("a key that was forgotten may have two events") {
  told_history told;
  told.lose(keyed(adjust(1), "k"));
  told.now_ms += 300'001;
  told.ask(keyed(adjust(1), "k"));
  CHECK(told.items().empty());
}

TEST_CASE("different answers for one key are found") {
  told_history told;
  told.ask(adjust(10));
  told.ask(keyed(reserve(11), "k"));
  told.retry();
  CHECK(told.items().empty());
  told.retry().answer.available = 9;
  CHECK(told.items().contains(3));
}

TEST_CASE("a key that was refused and then applied is found") {
  told_history told;
  told.ask(adjust(10));
  told.ask(keyed(reserve(11), "k"));
  told.ask(adjust(10));
  told.ask(keyed(reserve(11), "k"));
  CHECK(told.items() == items{3});
}

TEST_CASE("a key that gives its answer to another body is found") {
  auto told = retried();
  auto other = told.calls[2];
  other.ask.from.fingerprint[0] ^= 1;
  told.calls.push_back(other);
  CHECK(told.items().contains(3));
}

TEST_CASE("a mismatch needs another body") {
  auto told = retried();
  auto other = told.calls[2];
  other.answer = refusal(error_code::idempotency_mismatch);
  told.calls.push_back(other);
  CHECK(told.items() == items{5});
  told.calls.back().ask.from.fingerprint[0] ^= 1;
  CHECK(told.items().empty());
}

TEST_CASE("bodies without a digest differ by what they ask for") {
  auto told = retried();
  auto other = told.calls[2];
  other.answer = refusal(error_code::idempotency_mismatch);
  told.calls.push_back(other);
  for (auto& call : told.calls)
    call.ask.from.fingerprint = {};
  CHECK(told.items() == items{5});
  told.calls.back().ask.amount = 2;
  CHECK(told.items().empty());
  told.calls[2].ask.from.fingerprint = told.journal.back().from.fingerprint;
  CHECK(told.items().empty());
  told.calls.back().answer = told.calls[2].answer;
  CHECK(told.items().contains(3));
}

TEST_CASE("of tries with different bodies the one that was done counts") {
  for (const auto lacks_hold : {false, true}) {
    CAPTURE(lacks_hold);
    told_history told;
    told.ask(adjust(10));
    auto asked = reserve(3);
    asked.from.key = "k";
    const auto held = told.ask(asked).answer.hold;
    auto other = told.calls.back();
    other.ask.ttl_s = 7;
    other.called_ns -= 1;
    other.returned_ns += 1;
    other.answer = refusal(error_code::idempotency_mismatch);
    told.calls.push_back(other);
    other.known = false;
    told.calls.push_back(other);
    auto used = use(action::release, held);
    used.from.key = "r";
    used.amount = 1;
    told.ask(used);
    auto& refused = told.retry();
    refused.ask.amount = 2;
    refused.answer = refusal(error_code::idempotency_mismatch);
    if (lacks_hold)
      for (auto& change : told.journal)
        change.hold = named_only(change.hold);
    CHECK(told.items().empty());
    told.calls[1].answer.hold.expires_at_ms += 1;
    CHECK(told.items() == items{5});
  }
}

TEST_CASE("in flight needs another try at that time") {
  told_history told;
  told.ask(keyed(adjust(1), "k"));
  told.retry().answer = refusal(error_code::idempotency_in_flight);
  CHECK(told.items() == items{5});
  told.calls[0].returned_ns = told.calls[1].returned_ns;
  CHECK(told.items().empty());
}

TEST_CASE("what only refused tries asked for must not happen") {
  auto told = retried();
  for (auto i : {1, 2}) {
    told.calls[i].known = true;
    told.calls[i].answer = refusal(error_code::bulkhead_full);
  }
  CHECK(told.items() == items{2});
}

TEST_CASE("keys of different actions are different keys") {
  told_history told;
  told.ask(keyed(adjust(10), "k"));
  const auto held = told.ask(keyed(reserve(4), "k")).answer.hold;
  told.ask(keyed(use(action::release, held), "k"));
  CHECK(told.items().empty());
}
