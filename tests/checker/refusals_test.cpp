// Refusals that the question itself gives no reason for.
#include <doctest/doctest.h>

#include "tests/checker/told_history.hpp"

using namespace holdfast;
using namespace holdfast::test;
using items = std::set<int>;

namespace {

/// Ten of A, and somebody who asks for `what` and is refused as `code`.
struct refused {
  told_history told;

  refused(command what, error_code code) {
    told.with.is_http = true;
    told.ask(adjust(10));
    auto& call = told.ask(read());
    call.ask = std::move(what);
    call.answer = refusal(code);
  }

  entry& call() {
    return told.calls.back();
  }
  items found() {
    return told.items();
  }
};

items found_after(const command& what, error_code code) {
  return refused{what, code}.found();
}

command with_key(command ask) {
  ask.from.key = "k";
  return ask;
}

} // namespace

TEST_CASE("who has no key is refused for none") {
  for (const auto code :
       {error_code::idempotency_mismatch, error_code::idempotency_in_flight}) {
    CHECK(found_after(adjust(1), code) == items{5});
    CHECK(found_after(read(), code) == items{5});
    CHECK(found_after(with_key(read()), code) == items{5});
    // Nor does it help that others have none.
    refused both{adjust(1), code};
    auto other = both.call();
    other.ask.amount = 2;
    other.known = false;
    other.answer = {};
    both.told.calls.push_back(other);
    CHECK(both.found() == items{5});
  }
}

TEST_CASE("only a count that does not say what it replaces needs a condition") {
  const auto code = error_code::precondition_required;
  for (const auto& ask : {read(), adjust(1), reserve(1), count_if(5, 1)})
    CHECK(found_after(ask, code) == items{5});
  CHECK(found_after(count(5), code).empty());
  auto other = count(5);
  other.if_none_match = {etag_condition::kind::list, {1}};
  CHECK(found_after(other, code).empty());
}

TEST_CASE("who needs a condition is told what there is") {
  refused blind{count(5), error_code::precondition_required};
  auto& answer = blind.call().answer;
  answer.current_version = 1;
  CHECK(blind.found().empty());
  answer.current_version = 2;
  CHECK(blind.found().contains(6));
  blind.told.ask(adjust(1));
  blind.told.ask(read());
  blind.told.rest();
  blind.told.calls[3].ask = count(5);
  blind.told.calls[3].answer = refusal(error_code::precondition_required);
  blind.told.calls[3].answer.current_version = 1;
  blind.told.calls[1].answer.current_version = 1;
  CHECK(blind.found() == items{6});
}

TEST_CASE("there is nothing to tell of a record that does not exist") {
  told_history told;
  told.with.is_http = true;
  auto& call = told.ask(read());
  call.ask = count(5);
  call.answer = refusal(error_code::precondition_required);
  CHECK(told.items().empty());
  call.answer.current_version = 1;
  CHECK(told.items() == items{6});
}

TEST_CASE("what may be asked is no invalid request") {
  const auto code = error_code::invalid_request;
  auto extended = use(action::extend, {});
  extended.reservation = {1, 1};
  extended.ttl_s = 1;
  auto used = use(action::commit, {});
  used.reservation = {1, 1};
  for (const auto& ask : {read(), adjust(-1), reserve(1), count(0), used,
                          extended, with_key(adjust(1))})
    CHECK(found_after(ask, code) == items{5});
}

TEST_CASE("what a line tells is no request for another path or method") {
  for (const auto code :
       {error_code::route_not_found, error_code::method_not_allowed,
        error_code::body_too_large, error_code::unsupported_media_type,
        error_code::not_implemented})
    for (const auto& ask : {read(), with_key(adjust(1))})
      CHECK(found_after(ask, code) == items{5});
}

TEST_CASE("what may not be asked may be refused as that") {
  const std::string long_text(257, 'x');
  std::vector<command> asked{adjust(0), reserve(-1), count(-1),
                             count(1'000'000'000'000'001),
                             use(action::extend, {})};
  const auto add = [&](auto member, auto value, command ask) {
    ask.*member = std::move(value);
    asked.push_back(std::move(ask));
  };
  const auto add_text = [&](auto member, std::string text) {
    auto ask = adjust(1);
    ask.from.*member = std::move(text);
    asked.push_back(std::move(ask));
  };
  add(&command::expected_version, std::int64_t{-1}, adjust(1));
  add(&command::expected_version, std::int64_t{1}, count(1));
  add(&command::ttl_s, std::int64_t{5}, adjust(1));
  add(&command::on_hand, std::int64_t{5}, adjust(1));
  add(&command::amount, std::int64_t{5}, count(1));
  add(&command::reservation, reservation_ref{1, 1}, reserve(1));
  add(&command::owner, std::string{"o"}, adjust(1));
  add(&command::owner, long_text, reserve(1));
  add(&command::if_match, etag_condition{etag_condition::kind::list, {}},
      read());
  add_text(&origin::reason, long_text);
  add_text(&origin::reference, long_text);
  add_text(&origin::reference, "a\nb");
  add_text(&origin::reference, "a\xc2\x9f");
  add_text(&origin::key, std::string(256, 'k'));
  add_text(&origin::key, "a b");
  add_text(&origin::key, "\"a");
  for (std::size_t i = 0; i < asked.size(); ++i) {
    CAPTURE(i);
    CHECK(found_after(asked[i], error_code::invalid_request).empty());
  }
}

TEST_CASE("an extension over HTTP says for how long") {
  for (const auto is_http : {false, true}) {
    told_history told;
    told.with.is_http = is_http;
    told.ask(adjust(10));
    told.ask(use(action::extend, told.ask(reserve(3)).answer.hold));
    CHECK(told.items() == (is_http ? items{5} : items{}));
  }
}

TEST_CASE("a store that somebody was told an event of is there") {
  for (const auto& ask : {read(), read("B"), with_key(adjust(1, "B"))}) {
    refused late{ask, error_code::store_not_found};
    CHECK(late.found() == items{5});
    late.told.with.is_http = false;
    CHECK(late.found().empty());
  }
  refused early{read("B"), error_code::store_not_found};
  // It was made meanwhile.
  early.call().called_ns = early.told.calls[0].returned_ns;
  CHECK(early.found().empty());
  refused elsewhere{read(), error_code::store_not_found};
  elsewhere.call().ask.from.store = "T";
  CHECK(elsewhere.found().empty());
  refused untold{read(), error_code::store_not_found};
  untold.told.calls[0].known = false;
  CHECK(untold.found().empty());
}

TEST_CASE("nobody asks for an expiry") {
  for (const auto member :
       {&origin::key, &origin::reason, &origin::reference, &origin::actor}) {
    told_history told;
    told.ask(adjust(10));
    told.ask(reserve(3));
    told.now_ms += 900'000;
    told.ask(read());
    CHECK(told.items().empty());
    told.journal.back().from.*member = "k";
    CHECK(told.items() == items{2});
  }
}
