#include "holdfast/bulkhead_policy.hpp"

#include <doctest/doctest.h>

using namespace holdfast;

TEST_CASE("a bulkhead gives no more permits than it has") {
  bulkhead_policy bulkhead(4, 2);
  CHECK(bulkhead.acquire(3));
  CHECK_FALSE(bulkhead.acquire(2));
  CHECK(bulkhead.in_use() == 3);
  CHECK(bulkhead.acquire(1));
  CHECK_FALSE(bulkhead.acquire(1));
  bulkhead.release(2);
  CHECK(bulkhead.in_use() == 2);
  CHECK(bulkhead.acquire(2));
}

TEST_CASE("a bulkhead without a limit gives what is wanted") {
  bulkhead_policy bulkhead(0, 2);
  CHECK(bulkhead.acquire(70'000));
  CHECK(bulkhead.acquire(1));
}

TEST_CASE("a bulkhead takes back no more than it gave") {
  bulkhead_policy bulkhead(4, 2);
  CHECK(bulkhead.acquire(1));
  bulkhead.release(9);
  CHECK(bulkhead.in_use() == 0);
  CHECK(bulkhead.acquire(4));
}

TEST_CASE("the queue of a bulkhead has a bound") {
  const bulkhead_policy bulkhead(4, 2);
  CHECK(bulkhead.room(0) == 2);
  CHECK(bulkhead.room(2) == 0);
  CHECK(bulkhead.room(3) == 0);
}
