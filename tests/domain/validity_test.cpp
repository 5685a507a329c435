#include <doctest/doctest.h>

#include "holdfast/limits.hpp"
#include "holdfast/validity.hpp"

using namespace holdfast;

namespace {

constexpr std::int64_t huge = std::numeric_limits<std::int64_t>::max();

outcome some_answer() {
  outcome made;
  made.has_record = true;
  made.record = {10, 2, 0, 0, 3, 1'800'000'000'000};
  made.hold.owner = "cart-9";
  return made;
}

event some_event() {
  event made;
  made.seq = 7;
  made.after = some_answer().record;
  made.from.store = "store-1";
  made.from.sku = "A";
  return made;
}

/// Whether it is still valid once `change` was made to it.
template <class Value, class Change>
bool stays_valid(Value value, Change change) {
  REQUIRE(is_valid(value));
  change(value);
  return is_valid(value);
}

} // namespace

TEST_CASE("an answer has a code, numbers in range and texts") {
  CHECK(is_valid(refusal(error_code::overloaded)));
  const auto stays = [](auto change) {
    return stays_valid(some_answer(), change);
  };
  CHECK(stays([](auto& it) { it.code = error_code_last; }));
  CHECK_FALSE(stays([](auto& it) { it.code = static_cast<error_code>(200); }));
  CHECK_FALSE(stays([](auto& it) { it.state = reservation_state{}; }));
  CHECK_FALSE(stays([](auto& it) { it.record.on_hand = huge; }));
  CHECK_FALSE(stays([](auto& it) { it.record.updated_at_ms = -1; }));
  CHECK_FALSE(stays([](auto& it) { it.record.updated_at_ms = huge; }));
  CHECK_FALSE(stays([](auto& it) { it.hold.owner = "\xff"; }));
  CHECK_FALSE(stays([](auto& it) { it.hold.ref.grant_seq = ~0ull; }));
}

TEST_CASE("an event has a type and names") {
  const auto stays = [](auto change) {
    return stays_valid(some_event(), change);
  };
  CHECK(stays([](auto& it) { it.type = event_type::reservation_expired; }));
  CHECK_FALSE(stays([](auto& it) { it.type = static_cast<event_type>(77); }));
  CHECK_FALSE(stays([](auto& it) { it.from.sku.clear(); }));
  CHECK_FALSE(stays([](auto& it) { it.from.key = "two words"; }));
  CHECK_FALSE(stays([](auto& it) { it.delta = absent; }));
  CHECK_FALSE(stays([](auto& it) { it.seq = limits::seq_max + 1; }));
}

TEST_CASE("every row of a ledger has names, and so has what follows") {
  ledger_page page;
  page.records = {{"store-1", "A", some_answer().record}};
  page.changes = {{7, "store-1", "A", 1, 0, some_answer().record}};
  page.next = {ledger_position::phase::records, "store-1", "A", 7};
  const auto stays = [&](auto change) {
    return stays_valid(page, change);
  };
  CHECK(stays([](auto& it) { it.next = {}; }));
  CHECK_FALSE(stays([](auto& it) { it.next.is = {}; }));
  CHECK_FALSE(stays([](auto& it) { it.records[0].store = "no store"; }));
  CHECK_FALSE(stays([](auto& it) { it.changes[0].sku = "a/b"; }));
  CHECK_FALSE(stays([](auto& it) { it.changes[0].delta = huge; }));
  CHECK_FALSE(stays([](auto& it) { it.last_seq = ~0ull; }));
  CHECK_FALSE(stays([](auto& it) { it.next.seen.seq = ~0ull; }));
}
