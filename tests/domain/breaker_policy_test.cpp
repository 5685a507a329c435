#include "holdfast/breaker_policy.hpp"

#include <doctest/doctest.h>

using namespace holdfast;
using namespace std::chrono_literals;

namespace {

using circuit = breaker_policy::state;

const breaker_policy::clock::time_point start{1h};

/// Opens at half of at least 4 calls in 10 s; 2 probes after 5 s.
breaker_policy::settings quick() {
  return {0.5, 5s, 4, 10s, 2};
}

breaker_policy opened() {
  breaker_policy breaker(quick());
  breaker.record(0, 4, start);
  REQUIRE(breaker.current(start) == circuit::open);
  return breaker;
}

} // namespace

TEST_CASE("a closed circuit lets everything pass") {
  breaker_policy breaker(quick());
  CHECK(breaker.admit(1'000, start) == 1'000);
  CHECK(breaker.retry_after(start) == 0ms);
}

TEST_CASE("a circuit opens once its share of faults is reached") {
  breaker_policy breaker(quick());
  breaker.record(3, 2, start);
  CHECK(breaker.current(start) == circuit::closed);
  breaker.record(0, 1, start);
  CHECK(breaker.current(start) == circuit::open);
  CHECK(breaker.admit(5, start) == 0);
}

TEST_CASE("a few faults of too few calls open nothing") {
  breaker_policy breaker(quick());
  breaker.record(0, 3, start);
  CHECK(breaker.current(start) == circuit::closed);
}

TEST_CASE("successes alone never open a circuit") {
  breaker_policy breaker(quick());
  breaker.record(100'000, 0, start);
  CHECK(breaker.current(start) == circuit::closed);
}

TEST_CASE("faults leave the window with their time") {
  breaker_policy breaker(quick());
  breaker.record(0, 3, start);
  breaker.record(1, 0, start + 10s);
  CHECK(breaker.current(start + 10s) == circuit::closed);
}

TEST_CASE("the window slides by halves") {
  breaker_policy breaker(quick());
  breaker.record(3, 0, start);
  breaker.record(0, 3, start + 5s);
  CHECK(breaker.current(start + 5s) == circuit::open);
  breaker_policy other(quick());
  other.record(30, 0, start);
  other.record(1, 0, start + 5s);
  other.record(0, 3, start + 10s);
  CHECK(other.current(start + 10s) == circuit::open);
}

TEST_CASE("a long pause empties the whole window") {
  breaker_policy breaker(quick());
  breaker.record(0, 1, start);
  breaker.record(0, 2, start + 9s);
  breaker.record(2, 1, start + 60s);
  CHECK(breaker.current(start + 60s) == circuit::closed);
}

TEST_CASE("an open circuit tells the time until its next probe") {
  auto breaker = opened();
  CHECK(breaker.retry_after(start) == 5s);
  CHECK(breaker.retry_after(start + 4'999ms + 1us) == 1ms);
  CHECK(breaker.retry_after(start + 5s) == 0ms);
}

TEST_CASE("late results do not move an open circuit") {
  auto breaker = opened();
  breaker.record(50, 50, start + 1s);
  CHECK(breaker.current(start + 4'999ms) == circuit::open);
  CHECK(breaker.retry_after(start + 1s) == 4s);
}

TEST_CASE("a cooled circuit lets only its probes pass") {
  auto breaker = opened();
  CHECK(breaker.admit(9, start + 4'999ms) == 0);
  CHECK(breaker.admit(9, start + 5s) == 2);
  CHECK(breaker.admit(9, start + 5s) == 0);
  CHECK(breaker.current(start + 5s) == circuit::half_open);
}

TEST_CASE("a circuit closes when all its probes succeed") {
  auto breaker = opened();
  CHECK(breaker.admit(1, start + 5s) == 1);
  breaker.record(1, 0, start + 5s);
  CHECK(breaker.current(start + 5s) == circuit::half_open);
  CHECK(breaker.admit(5, start + 6s) == 1);
  breaker.record(1, 0, start + 6s);
  CHECK(breaker.current(start + 6s) == circuit::closed);
  CHECK(breaker.admit(5, start + 6s) == 5);
}

TEST_CASE("a closed circuit has forgotten why it opened") {
  auto breaker = opened();
  breaker.admit(2, start + 5s);
  breaker.record(2, 0, start + 5s);
  breaker.record(2, 1, start + 6s);
  CHECK(breaker.current(start + 6s) == circuit::closed);
}

TEST_CASE("one probe that fails opens the circuit for a whole cooldown") {
  auto breaker = opened();
  breaker.admit(2, start + 5s);
  breaker.record(1, 1, start + 6s);
  CHECK(breaker.current(start + 6s) == circuit::open);
  CHECK(breaker.retry_after(start + 6s) == 5s);
}

TEST_CASE("results from before the first probe are no probes") {
  auto breaker = opened();
  breaker.record(9, 9, start + 5s);
  CHECK(breaker.current(start + 5s) == circuit::half_open);
  CHECK(breaker.admit(9, start + 5s) == 2);
}

TEST_CASE("probes that never come back are replaced after a cooldown") {
  auto breaker = opened();
  CHECK(breaker.admit(2, start + 5s) == 2);
  CHECK(breaker.admit(2, start + 9'999ms) == 0);
  CHECK(breaker.admit(9, start + 10s) == 2);
}

TEST_CASE("a probe is not lost before its life is over") {
  auto with = quick();
  with.cooldown = 100ms;
  with.probe_life = 5s;
  breaker_policy breaker(with);
  breaker.record(0, 4, start);
  CHECK(breaker.admit(9, start + 100ms) == 2);
  CHECK(breaker.admit(9, start + 200ms) == 0);
  CHECK(breaker.admit(9, start + 5'099ms) == 0);
  CHECK(breaker.admit(9, start + 5'100ms) == 2);
}

TEST_CASE("the life of a probe begins when it goes out") {
  auto breaker = opened();
  CHECK(breaker.current(start + 5s) == circuit::half_open);
  CHECK(breaker.admit(2, start + 9s) == 2);
  CHECK(breaker.admit(2, start + 10s) == 0);
  CHECK(breaker.admit(2, start + 14s) == 2);
}

TEST_CASE("a threshold of zero turns the breaker off") {
  auto with = quick();
  with.threshold = 0;
  breaker_policy breaker(with);
  breaker.record(0, 1'000, start);
  CHECK(breaker.current(start) == circuit::closed);
  CHECK(breaker.admit(7, start) == 7);
}

TEST_CASE("a probe that met nothing makes room for another") {
  auto breaker = opened();
  const auto now = start + 5s;
  CHECK(breaker.admit(5, now) == 2);
  CHECK(breaker.admit(1, now) == 0);
  breaker.give_back(1, now);
  CHECK(breaker.admit(5, now) == 1);
  breaker.record(1, 0, now);
  CHECK(breaker.current(now) == circuit::half_open);
  breaker.record(1, 0, now);
  CHECK(breaker.current(now) == circuit::closed);
  // More than there are out, or at another time, is nothing.
  breaker.give_back(7, now);
  CHECK(breaker.admit(1'000, now) == 1'000);
}

TEST_CASE("a circuit that nobody can probe closes, one with a probe out not") {
  auto breaker = opened();
  REQUIRE(breaker.admit(2, start + 5s) == 2);
  breaker.give_back(0, start + 10s);
  breaker.give_back(1, start + 10s);
  CHECK(breaker.current(start + 10s) == circuit::half_open);
  breaker.give_back(1, start + 10s);
  CHECK(breaker.current(start + 10s) == circuit::closed);
}
