#include <doctest/doctest.h>

#include <cstring>

#include "holdfast/limits.hpp"
#include "tests/domain/one_sku.hpp"

using namespace holdfast;
using namespace holdfast::test;

namespace {

bool breaks(const stock& state, const char* what) {
  const auto* broken = broken_invariant(state);
  return broken != nullptr && std::strstr(broken, what) != nullptr;
}

one_sku with_hold() {
  auto sku = stocked(10);
  sku.hold(4, 60);
  return sku;
}

} // namespace

TEST_CASE("decide leaves the state alone and apply folds the event") {
  auto sku = stocked(10);
  const auto before = sku.state;
  const auto decided = decide(sku.state, reserve(3), {sku.now_ms, 900});
  CHECK(sku.state == before);
  const auto* change = std::get_if<stock_change>(&decided);
  REQUIRE(change != nullptr);
  apply(sku.state, *change);
  CHECK(sku.state.now == change->after);
  CHECK(sku.state.holds.at(2) == change->hold);
}

TEST_CASE("apply keeps both indexes of the holds in step") {
  auto sku = with_hold();
  const auto ref = sku.last().hold.ref;
  const auto expiry = [&] {
    return *sku.state.expiries.begin();
  };
  CHECK(expiry() == std::pair{sku.now_ms + 60'000, ref.grant_version});
  sku.ask(extend(ref, 90));
  CHECK(expiry() == std::pair{sku.now_ms + 90'000, ref.grant_version});
  CHECK(sku.state.expiries.size() == 1);
  sku.ask(release(ref));
  CHECK(sku.state.expiries.empty());
}

TEST_CASE("the events of a history rebuild its state") {
  auto sku = with_hold();
  const auto ref = sku.last().hold.ref;
  sku.hold(2, 30);
  sku.ask(release(ref, 1));
  sku.ask(adjust(5));
  sku.ask(count(absent, 3));
  sku.now_ms += 30'000;
  sku.ask(extend(ref, 60));
  CHECK(sku.log.size() == 8);
  CHECK(sku.refold(sku.log.size()) == sku.state);
  CHECK(sku.refold(7) != sku.state);
}

TEST_CASE("the number of a grant reaches the later events of its hold") {
  auto sku = stocked(10);
  sku.settles_at_once = false;
  sku.ask(reserve(4));
  note_grant_seq(sku.state, 2, 41);
  CHECK(sku.ask(release({2, 41}, 1)).hold.ref == reservation_ref{2, 41});
}

TEST_CASE("the number of a grant that is gone is let go") {
  auto sku = with_hold();
  const auto before = sku.state;
  note_grant_seq(sku.state, 1, 41);
  CHECK(sku.state == before);
}

TEST_CASE("an answer can be rebuilt from its event alone") {
  auto sku = stocked(10);
  CHECK(outcome_of(sku.last()).created);
  const auto answer = sku.ask(reserve(3));
  CHECK(outcome_of(sku.last()) == answer);
  CHECK_FALSE(answer.created);
  CHECK(answer.has_record);
  CHECK(answer.has_hold);
  CHECK_FALSE(answer.replayed);
}

TEST_CASE("a refusal names nothing but its code") {
  const auto answer = refusal(error_code::read_only);
  CHECK(answer.code == error_code::read_only);
  CHECK_FALSE(answer.ok());
  CHECK_FALSE(answer.has_record);
  CHECK_FALSE(answer.has_hold);
  CHECK(answer.available == absent);
  CHECK(answer.current_version == absent);
}

TEST_CASE("a sound state breaks no invariant") {
  CHECK(broken_invariant(stock{}) == nullptr);
  CHECK(broken_invariant(with_hold().state) == nullptr);
}

TEST_CASE("reserved that is not the sum of the holds is found") {
  auto sku = with_hold();
  ++sku.state.now.reserved;
  CHECK(breaks(sku.state, "sum"));
}

TEST_CASE("a balance out of its range is found") {
  auto sku = with_hold();
  auto state = sku.state;
  state.now.on_hand = -1;
  CHECK(breaks(state, "range"));
  state = sku.state;
  state.now.reserved = -4;
  CHECK(breaks(state, "range"));
  state = sku.state;
  state.now.safety_stock = limits::balance_max + 1;
  CHECK(breaks(state, "range"));
  state = sku.state;
  state.now.backorder_limit = -1;
  CHECK(breaks(state, "range"));
}

TEST_CASE("indexes of the holds that disagree are found") {
  auto sku = with_hold();
  auto state = sku.state;
  state.expiries.clear();
  CHECK(breaks(state, "size"));
  state.expiries = {{sku.now_ms, 2}};
  CHECK(breaks(state, "missing"));
  state = sku.state;
  state.holds.at(2).ref.grant_version = 1;
  CHECK(breaks(state, "another version"));
}

TEST_CASE("a closed or an empty hold among the live ones is found") {
  auto sku = with_hold();
  auto state = sku.state;
  state.holds.at(2).state = reservation_state::expired;
  CHECK(breaks(state, "holds nothing"));
  state = sku.state;
  state.holds.at(2).released = 4;
  CHECK(breaks(state, "holds nothing"));
}
