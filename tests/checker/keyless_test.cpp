// Whose event it is where nobody has a key, and nobody was told.
#include <doctest/doctest.h>

#include "tests/checker/told_history.hpp"

using namespace holdfast;
using namespace holdfast::test;
using items = std::set<int>;

namespace {

/// Somebody asks, and the request is lost on its way.
void ask_in_vain(told_history& told, command what) {
  auto& call = told.ask(read());
  call.ask = std::move(what);
  call.known = false;
  call.answer = {};
}

command adjust_if(std::int64_t delta, std::int64_t version) {
  auto ask = adjust(delta);
  ask.expected_version = version;
  return ask;
}

} // namespace

TEST_CASE("who asked for another version did not make it") {
  told_history told;
  told.ask(adjust(10));
  ask_in_vain(told, count_if(5, 1));
  ask_in_vain(told, adjust_if(1, 1));
  told.ask(adjust(2));
  told.lose(count_if(5, 2));
  told.ask(adjust(2));
  told.lose(adjust_if(1, 4));
  told.ask(read());
  CHECK(told.items().empty());
  told.calls[4].ask.if_match.versions = {1};
  CHECK(told.items() == items{5});
}

TEST_CASE("who asked for just that version made it") {
  told_history told;
  told.ask(adjust(10));
  told.lose(adjust_if(1, 1));
  told.lose(adjust(1));
  // It was asked first, and came second.
  told.calls[2].called_ns = told.calls[1].called_ns - 1;
  told.ask(read());
  CHECK(told.items().empty());
}

TEST_CASE("who asked once it was known did not make it") {
  told_history told;
  told.ask(adjust(10));
  told.lose(adjust(1));
  told.ask(read());
  ask_in_vain(told, adjust_if(1, 1));
  CHECK(told.items().empty());
}

TEST_CASE("parts of a hold are told apart by how much they are") {
  for (const auto what : {action::release, action::commit}) {
    told_history told;
    told.ask(adjust(10));
    const auto held = told.ask(reserve(6)).answer.hold;
    auto part = use(what, held);
    part.amount = 2;
    ask_in_vain(told, part);
    part.amount = 1;
    told.lose(part);
    ask_in_vain(told, use(what, held));
    told.ask(read());
    CHECK(told.items().empty());
    told.calls[3].ask.amount = 3;
    CHECK(told.items() == items{5});
  }
}

TEST_CASE("holds are told apart by how long and for whom they are") {
  told_history told;
  told.ask(adjust(10));
  auto ask = reserve(2);
  ask.ttl_s = 5;
  ask_in_vain(told, ask);
  ask.ttl_s = 7;
  ask.owner = "somebody else";
  ask_in_vain(told, ask);
  ask.owner = "somebody";
  told.lose(ask);
  told.ask(read());
  CHECK(told.items().empty());
}

TEST_CASE("a dead letter is carried out under a key of its own, once") {
  told_history told;
  told.ask(adjust(10));
  told.lose(adjust(1));
  auto& key = told.journal.back().from.key;
  key = "dead-letter-";
  CHECK(told.items() == items{2});
  key = "dead-letter-17";
  CHECK(told.items().empty());
  told.lose(adjust(1));
  told.rest();
  told.journal.back().from.key = "dead-letter-18";
  CHECK(told.items().empty());
  told.journal.back().from.key = "dead-letter-17";
  CHECK(told.items() == items{2});
}
