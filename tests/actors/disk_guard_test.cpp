// The bulkhead of the file system, as a value.
#include "tests/actors/disk_places.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace holdfast;
using namespace std::chrono_literals;
using test::disk_places;
using test::queue_max;
using test::world;

namespace {

using code = error_code;
using codes = std::vector<error_code>;

} // namespace

TEST_CASE_FIXTURE(disk_places, "so many at the disk, so many behind, no more") {
  const auto inside = enter(7);
  CHECK(inside.size() == 2);
  CHECK(codes() == ::codes(2, code::bulkhead_full));
  CHECK(counters->bulkhead.in_use == 2);
  CHECK(counters->bulkhead.queued == queue_max);
  CHECK(counters->bulkhead.refused.get() == 2);
  CHECK(sent.empty());
  leave(inside[0]);
  REQUIRE(sent.size() == 1);
  CHECK(sent[0]->at_disk.is_held());
  // It comes to its store with its place, and takes no other.
  CHECK(enter(sent).size() == 1);
  CHECK(counters->bulkhead.in_use == 2);
  leave(inside[1]);
  leave(sent[0]);
  CHECK(sent.size() == 3);
  leave(sent[1]);
  leave(sent[2]);
  CHECK(counters->bulkhead.in_use == 0);
  CHECK(counters->bulkhead.queued == 0);
}

TEST_CASE_FIXTURE(disk_places,
                  "a place comes back with the end of an operation") {
  auto inside = enter(4);
  CHECK(sent.empty());
  // As in the mailbox of an actor that was killed.
  inside.clear();
  node.run();
  CHECK(sent.size() == 2);
  sent.clear();
  CHECK(counters->bulkhead.in_use == 0);
}

TEST_CASE_FIXTURE(disk_places, "a place stays taken when its caller has gone") {
  const auto inside = enter(2);
  inside[0]->at_disk.note_late();
  CHECK(counters->bulkhead.in_use == 2);
  CHECK(enter(1).empty());
  leave(inside[0]);
  CHECK(counters->bulkhead.in_use == 2);
  CHECK(sent.size() == 1);
}

TEST_CASE_FIXTURE(disk_places, "who waited too long takes no place") {
  const auto inside = enter(2);
  auto late = make(2);
  late[0]->deadline = now + 10ms;
  enter(late);
  now += 20ms;
  leave(inside[0]);
  CHECK(codes() == ::codes{code::deadline_exceeded});
  CHECK(sent == operations{late[1]});
  auto gone = make(1);
  gone[0]->deadline = now;
  CHECK(enter(gone).empty());
  CHECK(answer_of(*refused.back()).code == code::deadline_exceeded);
}

TEST_CASE_FIXTURE(disk_places,
                  "who has gone leaves room behind a hanging disk") {
  const auto inside = enter(2);
  auto late = make(queue_max);
  for (const auto& op : late)
    op->deadline = now + 10ms;
  enter(late);
  now += 20ms;
  enter(1);
  CHECK(codes() == ::codes(queue_max, code::deadline_exceeded));
  CHECK(counters->bulkhead.queued == 1);
  CHECK(inside.size() == 2);
}

TEST_CASE_FIXTURE(disk_places, "whoever waits at the end is told") {
  const auto inside = enter(4);
  guard->close();
  node.run();
  CHECK(codes() == ::codes(2, code::shutting_down));
  CHECK(inside.size() == 2);
}

TEST_CASE("places are counted right under many threads") {
  world node;
  const auto counters = std::make_shared<disk_counters>();
  const auto guard = std::make_shared<disk_guard>(
      bulkhead_policy{8, 64}, breaker_policy::settings{0}, counters,
      [] { return operation::clock::now(); });
  const auto work = [&](unsigned seed) {
    std::minstd_rand random{seed + 1};
    operations held;
    for (int i = 0; i < 3'000; ++i) {
      operations items;
      for (auto count = 1 + random() % 3; count > 0; --count)
        items.push_back(std::make_shared<operation>());
      answers out;
      guard->admit(items, store_actor{}, out);
      for (auto& op : items)
        held.push_back(std::move(op));
      while (held.size() > random() % 4) {
        if (random() % 3 == 0)
          held.back()->at_disk.note_late();
        if (random() % 2 == 0)
          out.add(std::move(held.back()));
        held.pop_back();
      }
    }
  };
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < 4; ++i)
    threads.emplace_back(work, i);
  for (auto& each : threads)
    each.join();
  guard->close();
  CHECK(counters->bulkhead.in_use == 0);
  CHECK(counters->bulkhead.queued == 0);
}
