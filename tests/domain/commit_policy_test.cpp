#include <doctest/doctest.h>

#include "holdfast/commit_policy.hpp"

using namespace holdfast;
using namespace std::chrono_literals;

namespace {

const commit_policy::clock::time_point now{1h};

} // namespace

TEST_CASE("a transaction takes everything as long as that is few") {
  const commit_policy fresh;
  CHECK(fresh.batch_size(0) == 0);
  CHECK(fresh.batch_size(commit_policy::even_batch_min)
        == commit_policy::even_batch_min);
}

TEST_CASE("a transaction takes half of what is under way") {
  commit_policy pace;
  CHECK(pace.batch_size(200) == 100);
  pace.committed(100, 1ms, now);
  CHECK(pace.batch_size(100) == 100);
  CHECK(pace.batch_size(180) == 140);
}

TEST_CASE("a transaction has a bound") {
  const commit_policy fresh;
  CHECK(fresh.batch_size(10 * limits::batch_max) == limits::batch_max);
}

TEST_CASE("a quick disk waits for nobody") {
  commit_policy pace;
  pace.committed(32, 1ms, now);
  CHECK(pace.pause(32, now) == 0ns);
}

TEST_CASE("a transaction on a slow disk takes everything") {
  commit_policy pace;
  pace.committed(100, 100ms, now);
  CHECK(pace.batch_size(180) == 180);
}

TEST_CASE("a slow disk waits for those who were answered") {
  commit_policy pace;
  pace.committed(32, 80ms, now);
  CHECK(pace.pause(10, now) == 10ms);
  CHECK(pace.pause(41, now + 4ms) == 6ms);
  SUBCASE("until they are back") {
    CHECK(pace.pause(42, now + 4ms) == 0ns);
    CHECK(pace.are_all_back(42));
  }
  SUBCASE("and not longer than a part of what it takes itself") {
    CHECK(pace.pause(41, now + 10ms) == 0ns);
    CHECK(pace.pause(0, now + 1h) == 0ns);
  }
}

TEST_CASE("a disk that stood still is not waited for as long again") {
  commit_policy pace;
  pace.committed(8, 1h, now);
  CHECK(pace.pause(0, now) == commit_policy::pause_max);
  CHECK(pace.pause(0, now + commit_policy::pause_max) == 0ns);
}

TEST_CASE("who is alone never waits for others") {
  commit_policy pace;
  pace.committed(1, 1s, now);
  CHECK(pace.pause(0, now) > 0ns);
  CHECK(pace.pause(1, now) == 0ns);
}
