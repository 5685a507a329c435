// What nobody may ask for must not be granted.
#include <doctest/doctest.h>

#include <functional>

#include "tests/checker/told_history.hpp"

using namespace holdfast;
using namespace holdfast::test;
using items = std::set<int>;

namespace {

/// What is found where a server does whatever it is told.
items found_after(const command& ask) {
  told_history told;
  told.ask(adjust(10));
  told.ask(ask);
  return told.items();
}

items found_after_use(action what, std::int64_t amount, std::int64_t ttl_s) {
  told_history told;
  told.ask(adjust(10));
  auto ask = use(what, told.ask(reserve(3)).answer.hold);
  ask.amount = amount;
  ask.ttl_s = ttl_s;
  told.ask(ask);
  return told.items();
}

command reserve_for(std::int64_t ttl_s) {
  auto ask = reserve(1);
  ask.ttl_s = ttl_s;
  return ask;
}

} // namespace

TEST_CASE("an adjust has bounds") {
  for (const std::int64_t delta : {0, 1'000'000'001})
    CHECK(found_after(adjust(delta)) == items{5});
  for (const std::int64_t delta : {-10, 1, 1'000'000'000})
    CHECK(found_after(adjust(delta)).empty());
}

TEST_CASE("a reservation is of something") {
  for (const std::int64_t quantity : {0, -5}) {
    told_history told;
    told.ask(adjust(10));
    auto& call = told.ask(reserve(1));
    auto& grant = told.journal.back();
    grant.hold.quantity = quantity;
    grant.reserved_delta = quantity;
    grant.after.reserved = quantity;
    call.ask.amount = quantity;
    call.answer = outcome_of(grant);
    told.finals = {{"S", "A", grant.after}};
    CHECK(told.items() == items{5});
  }
}

TEST_CASE("a hold has a time to live in range") {
  for (const std::int64_t ttl_s : {0, -1, 14'401})
    CHECK(found_after(reserve_for(ttl_s)) == items{5});
  for (const std::int64_t ttl_s : {1, 14'400})
    CHECK(found_after(reserve_for(ttl_s)).empty());
  CHECK(found_after_use(action::extend, absent, 14'401) == items{5});
  CHECK(found_after_use(action::extend, absent, 14'400).empty());
}

TEST_CASE("a hold is used for something") {
  for (const auto what : {action::release, action::commit}) {
    CHECK(found_after_use(what, 0, absent) == items{5});
    CHECK(found_after_use(what, 1, absent).empty());
    CHECK(found_after_use(what, absent, absent).empty());
  }
}

TEST_CASE("numbers out of range are no reason to refuse for another one") {
  told_history told;
  told.ask(adjust(10));
  told.ask(reserve(1'000'000'001));
  CHECK(told.items() == items{5});
  told.calls.back().answer = refusal(error_code::invalid_request);
  CHECK(told.items().empty());
}

TEST_CASE("over HTTP a count says what it replaces") {
  const auto found = [](const std::function<void(command&)>& with) {
    told_history told;
    told.ask(adjust(10));
    auto ask = count(5);
    with(ask);
    told.ask(ask);
    told.rest();
    return check(told.calls, told.journal, told.finals, {.is_http = true});
  };
  const auto blind = found([](command&) {});
  REQUIRE(blind.size() == 1);
  CHECK(blind.front().item == 5);
  CHECK(found([](command& ask) {
          ask.if_match = {etag_condition::kind::list, {1}};
        }).empty());
  told_history told;
  auto ask = count(5);
  ask.if_none_match = {etag_condition::kind::any, {}};
  told.ask(ask);
  told.rest();
  CHECK(
      check(told.calls, told.journal, told.finals, {.is_http = true}).empty());
}

TEST_CASE("over HTTP a reservation that is read matches whatever is named") {
  for (const auto is_http : {false, true}) {
    told_history told;
    told.with.is_http = is_http;
    told.ask(adjust(10));
    told.ask(use(action::read_reservation, told.ask(reserve(3)).answer.hold));
    told.calls.back().ask.if_match = {etag_condition::kind::list, {9}};
    CHECK(told.items() == (is_http ? items{} : items{5}));
  }
}

TEST_CASE("a count that makes a record is told so") {
  told_history told;
  told.ask(keyed(count(5), "k"));
  told.retry();
  told.ask(count(6));
  CHECK(told.items().empty());
  told.calls[1].answer.created = false;
  CHECK(told.items() == items{3, 5});
  told.calls[0].answer.created = false;
  CHECK(told.items() == items{5});
  told.calls[0].answer.created = told.calls[1].answer.created = true;
  told.calls[2].answer.created = true;
  CHECK(told.items() == items{5});
}

TEST_CASE("the first answer is no repeated one") {
  for (const auto* key : {"", "k"}) {
    told_history told;
    auto ask = adjust(10);
    ask.from.key = key;
    told.ask(ask).answer.replayed = true;
    CHECK(told.items() == items{5});
  }
}

TEST_CASE("an answer is given again where there may have been one") {
  told_history told;
  told.ask(keyed(adjust(10), "k"));
  told.retry();
  auto& first = told.calls.front();
  CHECK(told.items().empty());
  for (const auto code :
       {error_code::overloaded, error_code::bulkhead_full,
        error_code::circuit_open, error_code::lease_held,
        error_code::shutting_down, error_code::rate_limited}) {
    first.answer = refusal(code);
    CHECK(told.items() == items{5});
  }
  // The journal may have it all the same.
  first.answer = refusal(error_code::deadline_exceeded);
  CHECK(told.items().empty());
  first.known = false;
  first.answer = {};
  CHECK(told.items().empty());
  // Another body has other answers.
  first.ask = keyed(adjust(9), "k");
  CHECK(told.items() == items{5});
}

TEST_CASE("an event gives the reason of its command") {
  told_history told;
  auto ask = adjust(10);
  ask.from.reason = "delivery";
  told.ask(ask);
  CHECK(told.items().empty());
  told.journal.back().from.reason = "theft";
  CHECK(told.items() == items{1, 2});
}
