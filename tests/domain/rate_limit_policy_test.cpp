#include <doctest/doctest.h>

#include "holdfast/rate_limit_policy.hpp"

using namespace holdfast;
using namespace std::chrono_literals;

namespace {

/// One client whose time the test tells.
struct client {
  rate_limit_policy policy;
  rate_limit_policy::ticks whole_at = 0;

  explicit client(rate_quota of) : policy(of) {
    // nop
  }
  rate_verdict ask(std::chrono::nanoseconds at) {
    const auto now = policy.at(at);
    auto debt = whole_at > now ? whole_at - now : 0;
    const auto result = policy.judge(debt);
    whole_at = now + debt;
    return result;
  }
  /// How many of so many requests at once are granted.
  int ask_at_once(std::chrono::nanoseconds at, int count) {
    int granted = 0;
    for (int i = 0; i < count; ++i)
      granted += ask(at).is_granted ? 1 : 0;
    return granted;
  }
};

} // namespace

TEST_CASE("a quiet client may spend its burst at once, and no more") {
  client one{{100, 200}};
  CHECK(one.ask_at_once(5s, 1'000) == 200);
  CHECK(one.ask_at_once(5s + 9ms, 10) == 0);
  CHECK(one.ask_at_once(5s + 10ms, 10) == 1);
  CHECK(one.ask_at_once(5s + 1'010ms, 1'000) == 100);
  CHECK(one.ask_at_once(3h, 1'000) == 200);
}

TEST_CASE("over a long time a client gets its rate, however hard it tries") {
  for (const std::uint32_t rps : {1U, 7U, 100U, 3'333U, 1'000'000U}) {
    client one{{rps, 2}};
    const auto step = std::chrono::nanoseconds{1'000'000'000 / (rps * 7LL)};
    std::int64_t granted = 0;
    constexpr int tries = 70'000;
    for (int i = 0; i < tries; ++i)
      granted += one.ask(i * step).is_granted ? 1 : 0;
    const auto due = static_cast<double>((tries * step).count()) * rps / 1e9;
    CHECK(static_cast<double>(granted) >= due * 0.99);
    CHECK(static_cast<double>(granted) <= due + 2);
  }
}

TEST_CASE("what is told is what is granted") {
  client one{{10, 20}};
  for (std::uint32_t left = 20; left-- > 0;) {
    const auto said = one.ask(1s);
    REQUIRE(said.is_granted);
    CHECK(said.is_counted);
    CHECK(said.remaining == left);
  }
  const auto refused = one.ask(1s);
  CHECK_FALSE(refused.is_granted);
  CHECK(refused.remaining == 0);
  CHECK(one.ask(1s + refused.reset_s * 1s).is_granted);
}

TEST_CASE("at the slowest rate there is one more when it is told") {
  client one{{1, 30}};
  CHECK(one.policy.window_s() == 30);
  CHECK(one.ask_at_once(100s, 40) == 30);
  const auto later = 100s + rate_verdict::reset_s * 1s;
  CHECK(one.ask(later).is_granted);
  CHECK_FALSE(one.ask(later).is_granted);
  CHECK(one.ask(130s).remaining == 28);
}

TEST_CASE("a window is told in whole seconds, never none") {
  CHECK(rate_limit_policy{{100, 200}}.window_s() == 2);
  CHECK(rate_limit_policy{{100, 201}}.window_s() == 3);
  CHECK(rate_limit_policy{{1'000'000, 1}}.window_s() == 1);
}
