// Holds that end when they should, by the clocks there are.
#include <doctest/doctest.h>

#include "tests/checker/told_history.hpp"

using namespace holdfast;
using namespace holdfast::test;
using items = std::set<int>;

namespace {

constexpr std::int64_t second_ms = 1'000;
constexpr std::int64_t second_ns = 1'000'000'000;
constexpr std::int64_t life_s = 900;

/// Ten of A, three of them held, and ten of B of the same store.
struct expiry_fixture {
  told_history told;
  reservation held;

  expiry_fixture() {
    told.with.expiry_tolerance_ms = second_ms;
    told.ask(adjust(10));
    told.ask(adjust(10, "B"));
    held = told.ask(reserve(3)).answer.hold;
  }

  void pass_at_callers(std::int64_t seconds) {
    told.with.is_real_time = true;
    told.now_ns += seconds * second_ns;
  }
  /// An event of B is told with a date so much later; A does not notice.
  void date_of_other(std::int64_t ms) {
    told.now_ms += ms;
    told.ask(adjust(1, "B"));
    told.now_ms -= ms;
  }
};

} // namespace

TEST_CASE_FIXTURE(expiry_fixture,
                  "a clock that was set ahead ends holds too early") {
  // The dates of all events are as they should be.
  told.now_ms += life_s * second_ms;
  told.ask(read());
  CHECK(told.items().empty());
  told.with.is_real_time = true;
  CHECK(told.items() == items{5});
}

TEST_CASE_FIXTURE(expiry_fixture,
                  "a hold may end a little early for its callers") {
  told.now_ms += life_s * second_ms;
  pass_at_callers(life_s - 1);
  told.ask(read());
  CHECK(told.items().empty());
}

TEST_CASE_FIXTURE(expiry_fixture,
                  "a clock that was set back ends holds too late") {
  pass_at_callers(life_s + 2);
  SUBCASE("a read tells of the hold") {
    told.ask(read());
  }
  SUBCASE("a refusal is for want of what it holds") {
    told.ask(reserve(8));
    told.calls.back().answer.available = absent;
  }
  SUBCASE("the hold itself is shown as live") {
    told.ask(use(action::read_reservation, held));
    told.calls.back().answer.has_record = false;
  }
  SUBCASE("it is used") {
    told.ask(use(action::commit, held));
  }
  SUBCASE("the record is changed") {
    told.ask(adjust(1));
  }
  SUBCASE("only the last look shows it") {
    told.ask(adjust(1, "B"));
  }
  CHECK(told.items() == items{5});
  told.with.is_real_time = false;
  CHECK(told.items().empty());
}

TEST_CASE_FIXTURE(expiry_fixture, "a hold may end while others are read last") {
  told.rest();
  pass_at_callers(life_s + 2);
  told.ask(read("B"));
  CHECK(told.items().empty());
  told.ask(read()).answer.record = told.finals[0].record;
  CHECK(told.items() == items{5});
}

TEST_CASE_FIXTURE(expiry_fixture,
                  "a hold may end a little late for its callers") {
  pass_at_callers(life_s);
  told.ask(read());
  told.ask(use(action::commit, held));
  CHECK(told.items().empty());
}

TEST_CASE_FIXTURE(expiry_fixture, "a longer life counts from its extension") {
  pass_at_callers(life_s - 10);
  told.now_ms += (life_s - 10) * second_ms;
  told.ask(use(action::extend, held));
  pass_at_callers(life_s - 10);
  told.ask(read());
  CHECK(told.items().empty());
  pass_at_callers(20);
  told.ask(read());
  CHECK(told.items() == items{5});
}

TEST_CASE_FIXTURE(expiry_fixture,
                  "dates of other SKUs tell that a hold was due") {
  // Nothing is known of how fast the time of the callers passes.
  date_of_other(life_s * second_ms + second_ms + 1);
  SUBCASE("a read") {
    told.ask(read());
  }
  SUBCASE("a refusal") {
    told.ask(reserve(8));
    told.calls.back().answer.available = absent;
  }
  CHECK(told.items() == items{5});
  told.with.expiry_tolerance_ms = 2 * second_ms;
  CHECK(told.items().empty());
  told.with.expiry_tolerance_ms = absent;
  CHECK(told.items().empty());
}

TEST_CASE_FIXTURE(expiry_fixture,
                  "the last look is later than all that was told") {
  date_of_other(2 * life_s * second_ms);
  CHECK(told.items() == items{5});
  told.with.expiry_tolerance_ms = absent;
  CHECK(told.items().empty());
}

TEST_CASE_FIXTURE(expiry_fixture,
                  "what was under way by that date may be older") {
  told.ask(read());
  date_of_other(2 * life_s * second_ms);
  told.calls[3].returned_ns = told.now_ns += 10;
  // Its end was written, and nobody asked again.
  told.now_ms += 2 * life_s * second_ms;
  told.ask(read());
  CHECK(told.items().empty());
}

TEST_CASE_FIXTURE(expiry_fixture, "who uses a hold after its time knew of it") {
  // Though nobody was told of its grant.
  told.calls.back().known = false;
  told.ask(use(action::commit, held));
  CHECK(told.items().empty());
  auto& late = told.journal.back();
  late.after.updated_at_ms += life_s * second_ms;
  told.calls.back().answer = outcome_of(late);
  told.finals[0].record = late.after;
  CHECK(told.items() == items{5});
}

TEST_CASE_FIXTURE(expiry_fixture,
                  "nothing but expiries may follow the last look") {
  told.rest();
  const auto last = told.finals;
  told.now_ms += life_s * second_ms;
  told.ask(read());
  told.calls.pop_back();
  told.finals = last;
  CHECK(told.items().empty());
  told.lose(adjust(1));
  CHECK(told.items() == items{7});
  told.calls.back().known = true;
  told.calls.back().answer = outcome_of(told.journal.back());
  CHECK(told.items() == items{6, 7});
}

TEST_CASE_FIXTURE(expiry_fixture,
                  "a hold that nobody granted is looked up nowhere") {
  told.journal.back().hold.ref.grant_version = 1'000'000'000;
  told.ask(adjust(1));
  auto& late = told.journal.back();
  late.after.updated_at_ms += life_s * second_ms;
  told.calls.back().answer = outcome_of(late);
  told.finals = {{"S", "A", late.after}, {"S", "B", told.journal[1].after}};
  CHECK(told.items() == items{5});
}
