// The rules of leases in virtual time.
#include <doctest/doctest.h>

#include "holdfast/lease_policy.hpp"

using namespace holdfast;

namespace {

lease_policy policy_of(std::uint64_t self) {
  return lease_policy{
      {self, "p" + std::to_string(self), 9'000, 1'000, 2'000, 2'500}};
}

const lease_policy one = policy_of(1);
const lease_policy two = policy_of(2);
const lease_policy three = policy_of(3);

} // namespace

TEST_CASE("a lease that nobody has is there for the taking") {
  CHECK(one.wait_ms({}, 0) == 0);
  CHECK_FALSE(one.is_stolen({}));
  const auto mine = one.granted(7, 100);
  CHECK(mine.token == 7);
  CHECK(mine.holder == 1);
  CHECK(mine.owner == "p1");
  CHECK(mine.expires_ms == 9'100);
  CHECK(one.wait_ms(mine, 200) == 0);
  CHECK_FALSE(one.is_stolen(mine));
}

TEST_CASE("others wait for the end of a tenure, then a moment, then steal") {
  const auto held = one.granted(7, 0);
  CHECK(two.wait_ms(held, 0) == 1'000);
  CHECK(two.wait_ms(held, 400) == 600);
  CHECK(two.wait_ms(held, 1'000) == 100);
  CHECK(two.wait_ms(held, 8'950) == 50);
  CHECK(two.wait_ms(held, 8'999) == 1);
  CHECK(two.wait_ms(held, 9'000) == 0);
  CHECK(two.is_stolen(held));
}

TEST_CASE("a lease is nobody's while it is free or has expired") {
  CHECK(one.is_nobodys({}, 0));
  const auto held = one.granted(7, 0);
  CHECK_FALSE(two.is_nobodys(held, 8'999));
  CHECK(two.is_nobodys(held, 9'000));
  // Its holder may still write under it.
  CHECK_FALSE(one.is_nobodys(held, 9'000));
  const auto left = one.given_up(held, two.wish({}, 100), 200);
  CHECK_FALSE(one.is_nobodys(left, 2'199));
  CHECK(two.is_nobodys(left, 200));
  CHECK(one.is_nobodys(left, 2'200));
}

TEST_CASE("a lease is renewed when a third of its life is over") {
  const auto held = one.granted(7, 0);
  CHECK_FALSE(one.must_renew(held, 2'999));
  CHECK(one.must_renew(held, 3'000));
  const auto longer = one.renewed(held, 3'000);
  CHECK(longer.expires_ms == 12'000);
  CHECK(longer.since_ms == 0);
  CHECK(longer.token == 7);
}

TEST_CASE("the first who wants a lease is the next to have it") {
  const auto wish = two.wish({}, 100);
  REQUIRE(wish);
  CHECK(wish->who == 2);
  // Others come later; the own wish is not written again at once.
  CHECK_FALSE(three.wish(wish, 200));
  CHECK_FALSE(two.wish(wish, 200));
  CHECK(two.wish(wish, 1'500));
  CHECK(one.is_wanted(wish, 2'599));
  CHECK_FALSE(two.is_wanted(wish, 200));
  CHECK_FALSE(one.is_wanted(wish, 2'600));
  CHECK(three.wish(wish, 2'600));
}

TEST_CASE("a tenure lasts for its time, and then for as long as nobody asks") {
  const auto held = one.granted(7, 0);
  const auto wish = two.wish({}, 900);
  CHECK_FALSE(one.must_give_way(held, {}, 9'000));
  CHECK_FALSE(one.must_give_way(held, wish, 999));
  CHECK(one.must_give_way(held, wish, 1'000));
  CHECK_FALSE(two.must_give_way(held, wish, 1'000));
  CHECK_FALSE(one.must_give_way(held, wish, 3'400));
  // Renewing does not begin a new one.
  CHECK(one.must_give_way(one.renewed(held, 3'000), wish, 3'001));
}

TEST_CASE("what was given up is kept for who wanted it, for a while") {
  const auto left = one.given_up(one.granted(7, 0), two.wish({}, 900), 1'000);
  CHECK(left.holder == 0);
  CHECK(left.token == 7);
  CHECK(two.wait_ms(left, 1'000) == 0);
  CHECK(three.wait_ms(left, 1'000) == 2'000);
  CHECK(one.wait_ms(left, 2'000) == 1'000);
  CHECK(one.wait_ms(left, 3'000) == 0);
  CHECK_FALSE(three.is_stolen(left));
}

TEST_CASE("what was given up without a wish, or for an old one, is free") {
  const auto held = one.granted(7, 0);
  CHECK(three.wait_ms(one.given_up(held, {}, 1'000), 1'000) == 0);
  const auto old = two.wish({}, 0);
  CHECK(three.wait_ms(one.given_up(held, old, 2'500), 2'500) == 0);
}

TEST_CASE("under contention everybody gets his turn") {
  // Three processes that all want the same lease all the time.
  const lease_policy* all[] = {&one, &two, &three};
  std::optional<lease> held;
  std::optional<lease_wish> wish;
  std::uint64_t token = 0;
  std::int64_t had_ms[4] = {};
  for (std::int64_t now_ms = 0; now_ms < 60'000; now_ms += 10) {
    for (const auto* each : all) {
      if (held && held->holder == each->with().self) {
        had_ms[held->holder] += 10;
        if (each->must_give_way(*held, wish, now_ms))
          held = each->given_up(*held, std::exchange(wish, {}), now_ms);
      } else if (each->wait_ms(held, now_ms) == 0) {
        CHECK_FALSE(each->is_stolen(held));
        held = each->granted(++token, now_ms);
      } else if (auto mine = each->wish(wish, now_ms)) {
        wish = mine;
      }
    }
  }
  for (const auto* each : all)
    CHECK(had_ms[each->with().self] > 15'000);
  CHECK(token < 70);
}
