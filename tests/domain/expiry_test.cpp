#include <doctest/doctest.h>

#include "holdfast/expiries.hpp"
#include "tests/domain/one_sku.hpp"

using namespace holdfast;
using namespace holdfast::test;

namespace {

std::vector<event> due(const one_sku& sku, std::int64_t after_ms) {
  return due_expiries(sku.state, read().from, sku.now_ms + after_ms);
}

} // namespace

TEST_CASE("a hold expires at the end of its time and not before") {
  auto sku = stocked(10);
  sku.hold(4, 60);
  CHECK(due(sku, 59'999).empty());
  CHECK(due(sku, 60'000).size() == 1);
}

TEST_CASE("an expiry gives back all that was still held") {
  auto sku = stocked(10);
  const auto ref = sku.hold(4, 60);
  sku.ask(release(ref, 1));
  const auto events = due(sku, 61'000);
  REQUIRE(events.size() == 1);
  const auto& expiry = events[0];
  CHECK(expiry.type == event_type::reservation_expired);
  CHECK(expiry.delta == 0);
  CHECK(expiry.reserved_delta == -3);
  CHECK(expiry.after.reserved == 0);
  CHECK(expiry.after.version == 4);
  CHECK(expiry.after.updated_at_ms == sku.now_ms + 61'000);
  CHECK(expiry.hold.state == reservation_state::expired);
  CHECK(expiry.hold.released == 4);
  CHECK(expiry.hold.ref == ref);
}

TEST_CASE("an expiry has a store and a sku but nothing of the command") {
  auto sku = stocked(10);
  sku.hold(4, 60);
  auto from = adjust(1).from;
  from.key = "key";
  from.reason = "reason";
  from.reference = "reference";
  from.actor = "actor";
  from.fingerprint[0] = 1;
  const auto events = due_expiries(sku.state, from, sku.now_ms + 60'000);
  REQUIRE(events.size() == 1);
  const auto& origin = events[0].from;
  CHECK(origin.store == "store-1");
  CHECK(origin.sku == "85123A");
  CHECK(origin.key.empty());
  CHECK(origin.reason.empty());
  CHECK(origin.reference.empty());
  CHECK(origin.actor.empty());
  CHECK(origin.what == action::read);
  CHECK(origin.fingerprint == digest{});
}

TEST_CASE("holds expire soonest first with a version each") {
  auto sku = stocked(10);
  const auto late = sku.hold(1, 30);
  const auto soon = sku.hold(2, 10);
  const auto same = sku.hold(3, 10);
  const auto events = due(sku, 30'000);
  REQUIRE(events.size() == 3);
  CHECK(events[0].hold.ref == soon);
  CHECK(events[1].hold.ref == same);
  CHECK(events[2].hold.ref == late);
  CHECK(events[0].after.version == 5);
  CHECK(events[1].after.version == 6);
  CHECK(events[2].after.version == 7);
  CHECK(events[0].after.reserved == 4);
  CHECK(events[1].after.reserved == 1);
  CHECK(events[2].after.reserved == 0);
}

TEST_CASE("a hold that outlives the others stays") {
  auto sku = stocked(10);
  sku.hold(1, 10);
  const auto stays = sku.hold(2, 11);
  sku.now_ms += 10'000;
  CHECK(sku.ask(read()).record.reserved == 2);
  CHECK(sku.state.holds.contains(stays.grant_version));
}

TEST_CASE("a read that meets an expired hold records the expiry first") {
  auto sku = stocked(10);
  sku.hold(4, 60);
  sku.now_ms += 60'000;
  const auto answer = sku.ask(read());
  CHECK(answer.record.version == 3);
  CHECK(answer.record.reserved == 0);
  CHECK(sku.last().type == event_type::reservation_expired);
}

TEST_CASE("stock of an expired hold can be reserved at once") {
  auto sku = stocked(10);
  sku.hold(10, 60);
  CHECK_FALSE(sku.ask(reserve(1)).ok());
  sku.now_ms += 60'000;
  CHECK(sku.ask(reserve(10)).record.version == 4);
}

TEST_CASE("an expired hold cannot be committed") {
  auto sku = stocked(10);
  const auto ref = sku.hold(4, 60);
  sku.now_ms += 60'000;
  const auto answer = sku.ask(commit(ref));
  CHECK(answer.code == error_code::reservation_closed);
  CHECK(answer.state == reservation_state::expired);
}

TEST_CASE("an extended hold expires by its new time") {
  auto sku = stocked(10);
  const auto ref = sku.hold(4, 10);
  sku.ask(extend(ref, 60));
  CHECK(due(sku, 59'999).empty());
  CHECK(due(sku, 60'000).size() == 1);
}

TEST_CASE("a hold that was never answered waits with its expiry") {
  auto sku = stocked(10);
  sku.hold(1, 1);
  sku.settles_at_once = false;
  sku.ask(reserve(4, 1));
  CHECK(due(sku, 5'000).size() == 1);
  sku.settle();
  CHECK(due(sku, 5'000).size() == 2);
}

TEST_CASE("a hold that waits does not keep others from expiring") {
  auto sku = stocked(10);
  sku.settles_at_once = false;
  sku.ask(reserve(4, 1));
  sku.ask(reserve(2, 3));
  note_grant_seq(sku.state, 3, 99);
  const auto events = due(sku, 3'000);
  REQUIRE(events.size() == 1);
  CHECK(events[0].hold.ref == reservation_ref{3, 99});
  CHECK(events[0].after.version == 4);
  CHECK(events[0].after.reserved == 4);
}

TEST_CASE("no more than so many holds expire at a time, soonest first") {
  auto sku = stocked(10'000);
  for (std::size_t i = 0; i < expiries_max + 2; ++i)
    sku.hold(1, i == expiries_max ? 1 : 2);
  auto events = due(sku, 2'000);
  REQUIRE(events.size() == expiries_max);
  CHECK(events.front().hold.expires_at_ms < events.back().hold.expires_at_ms);
  for (const auto& each : events)
    apply(sku.state, each);
  CHECK(due(sku, 2'000).size() == 2);
}
