#include <doctest/doctest.h>

#include "holdfast/load_shed_policy.hpp"

using namespace holdfast;
using namespace std::chrono_literals;

namespace {

using verdict = load_shed_policy::verdict;

/// A node whose time, work and answers the test tells.
struct node {
  load_shed_policy policy{{16, 1'000, 2s, 4s}};
  load_shed_policy::clock::time_point now{1h};
  std::uint64_t answered = 0;

  /// Answers at `rate` per second while `in_flight` are under way.
  void work(std::chrono::milliseconds span, std::size_t in_flight,
            double rate) {
    auto sum = static_cast<double>(answered);
    for (auto left = span; left > 0ms; left -= 50ms) {
      now += 50ms;
      sum += rate / 20;
      answered = static_cast<std::uint64_t>(sum);
      policy.record(now, answered, in_flight);
    }
  }
  verdict write(std::size_t in_flight) const {
    return policy.judge(true, in_flight, now);
  }
  verdict read(std::size_t in_flight) const {
    return policy.judge(false, in_flight, now);
  }
};

} // namespace

TEST_CASE("what waits is bounded, what is at work does not count") {
  const node idle;
  CHECK(idle.write(0) == verdict::admit);
  CHECK(idle.write(1'015) == verdict::admit);
  CHECK(idle.write(1'016) == verdict::queue_full);
  CHECK(idle.read(1'015) == verdict::admit);
  CHECK(idle.read(1'016) == verdict::queue_full);
}

TEST_CASE("without shedding all may come in") {
  const load_shed_policy off{{16, 0}};
  const load_shed_policy::clock::time_point now{1h};
  CHECK(off.judge(true, limits::in_flight_max, now) == verdict::admit);
}

TEST_CASE("without a limit of concurrency everything in flight waits") {
  const load_shed_policy policy{{0, 10}};
  const load_shed_policy::clock::time_point now{1h};
  CHECK(policy.judge(true, 9, now) == verdict::admit);
  CHECK(policy.judge(true, 10, now) == verdict::queue_full);
}

TEST_CASE("a fast node lets its queue fill") {
  node fast;
  fast.work(5s, 900, 20'000);
  CHECK(fast.policy.expected_wait(1'000, fast.now) > 40ms);
  CHECK(fast.policy.expected_wait(1'000, fast.now) < 60ms);
  CHECK(fast.write(1'015) == verdict::admit);
}

TEST_CASE("a slow node refuses what would come too late, writes first") {
  node slow;
  slow.work(10s, 500, 100);
  CHECK(slow.write(150) == verdict::admit);
  CHECK(slow.write(250) == verdict::too_late);
  CHECK(slow.read(250) == verdict::admit);
  CHECK(slow.read(450) == verdict::too_late);
  CHECK(slow.policy.retry_after_s(450, slow.now) == 5);
  CHECK(slow.policy.retry_after_s(10'000, slow.now) == 30);
}

TEST_CASE("a pace that callers set says nothing about the node") {
  node calm;
  calm.work(60s, 3, 1);
  CHECK(calm.write(1'000) == verdict::admit);
  CHECK(calm.policy.retry_after_s(1'000, calm.now) == 1);
}

TEST_CASE("a standstill refuses writes after a while, then reads") {
  node stuck;
  stuck.work(5s, 900, 20'000);
  stuck.work(1s, 500, 0);
  CHECK(stuck.write(500) == verdict::admit);
  stuck.work(1'500ms, 500, 0);
  CHECK(stuck.write(500) == verdict::too_late);
  CHECK(stuck.read(500) == verdict::admit);
  stuck.work(2s, 500, 0);
  CHECK(stuck.read(500) == verdict::too_late);
  // Who is alone waits for nobody.
  CHECK(stuck.write(15) == verdict::admit);
}

TEST_CASE("a node that is fast again is so within two seconds") {
  node healed;
  healed.work(20s, 1'000, 0);
  CHECK(healed.write(500) == verdict::too_late);
  healed.work(2s, 1'000, 20'000);
  CHECK(healed.write(1'000) == verdict::admit);
}

TEST_CASE("the first answers are not taken for the pace") {
  node waking;
  waking.work(50ms, 80, 0);
  waking.work(200ms, 80, 5);
  CHECK(waking.write(80) == verdict::admit);
}

TEST_CASE("a node that was slow is asked again soon") {
  node before;
  before.work(10s, 500, 8);
  CHECK(before.write(100) == verdict::too_late);
  // Refused callers leave it without a queue, so it sees no pace.
  before.work(2s, 10, 8);
  CHECK(before.write(100) == verdict::admit);
}

TEST_CASE("a node that is slow stays known as slow while it is full") {
  node slow;
  slow.work(10s, 500, 8);
  slow.work(60s, 16, 8);
  CHECK(slow.write(15) == verdict::admit);
  CHECK(slow.write(20) == verdict::too_late);
}

TEST_CASE("answers that come in batches are a rate all the same") {
  node batches;
  for (int i = 0; i < 40; ++i) {
    batches.work(450ms, 200, 0);
    batches.answered += 16;
    batches.work(50ms, 200, 0);
  }
  // 32 per second.
  CHECK(batches.policy.expected_wait(64, batches.now) > 1'500ms);
  CHECK(batches.policy.expected_wait(64, batches.now) < 2'500ms);
}
