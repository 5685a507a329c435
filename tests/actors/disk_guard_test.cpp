// Bulkhead and breaker of the file system, as a value.
#include "actors/disk_guard.hpp"

#include <doctest/doctest.h>

#include <thread>

#include "holdfast/limits.hpp"
#include "tests/support/captured_log.hpp"
#include "tests/support/world.hpp"

using namespace holdfast;
using namespace std::chrono_literals;
using test::world;

namespace {

using circuit = breaker_policy::state;

constexpr std::size_t queue_max = 3;

/// Permits for two, room for three more, and a store that only looks.
struct fixture {
  world node;
  operation::clock::time_point now{};
  std::shared_ptr<disk_counters> counters = std::make_shared<disk_counters>();
  std::shared_ptr<disk_guard> guard = std::make_shared<disk_guard>(
      bulkhead_policy{2, queue_max},
      breaker_policy::settings{0.5, 1'000ms, 4, 10'000ms, 2}, counters,
      [this] { return now; });
  operations sent;
  operations refused;
  store_actor store = node.system.spawn([this](store_actor::pointer) {
    return store_actor::behavior_type{
        [this](batch& in) { move_to(sent, in.items); }, [](const stay&) {},
        [](const vacant&) {}, [](const faltered&) {},
        [](sweep_atom) {
        }};
  });
  answer_actor home = node.system.spawn([this](answer_actor::pointer) {
    return answer_actor::behavior_type{[this](const batch& in) {
      refused.insert(refused.end(), in.items.begin(), in.items.end());
    }};
  });

  ~fixture() {
    caf::anon_send_exit(store, caf::exit_reason::kill);
    caf::anon_send_exit(home, caf::exit_reason::kill);
    node.run();
  }

  static void move_to(operations& to, operations& from) {
    for (auto& op : from)
      to.push_back(std::move(op));
  }

  operations make(std::size_t count) {
    operations made;
    for (std::size_t i = 0; i < count; ++i) {
      made.push_back(world::make(action::adjust, "A", 1));
      made.back()->reply_to = home;
    }
    return made;
  }

  /// What may go on at once.
  operations enter(operations items) {
    answers out;
    guard->admit(items, store, out);
    caf::scoped_actor self{node.system};
    out.send(&*self);
    node.run();
    return items;
  }
  operations enter(std::size_t count) {
    return enter(make(count));
  }

  void leave(const operation_ptr& op, error_code code = error_code::none) {
    op->answer.code = code;
    answers out;
    out.add(op);
    caf::scoped_actor self{node.system};
    out.send(&*self);
    node.run();
  }

  std::vector<error_code> codes() const {
    std::vector<error_code> all;
    for (const auto& op : refused)
      all.push_back(op->answer.code);
    return all;
  }
};

using code = error_code;
using codes = std::vector<error_code>;

} // namespace

TEST_CASE_FIXTURE(fixture, "so many at the disk, so many behind, no more") {
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

TEST_CASE_FIXTURE(fixture, "a place comes back with the end of an operation") {
  auto inside = enter(4);
  CHECK(sent.empty());
  // As in the mailbox of an actor that was killed.
  inside.clear();
  node.run();
  CHECK(sent.size() == 2);
  sent.clear();
  CHECK(counters->bulkhead.in_use == 0);
}

TEST_CASE_FIXTURE(fixture, "a place stays taken when its caller has gone") {
  const auto inside = enter(2);
  inside[0]->at_disk.note_late();
  CHECK(counters->bulkhead.in_use == 2);
  CHECK(enter(1).empty());
  leave(inside[0]);
  CHECK(counters->bulkhead.in_use == 2);
  CHECK(sent.size() == 1);
}

TEST_CASE_FIXTURE(fixture, "who waited too long takes no place") {
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
  CHECK(refused.back()->answer.code == code::deadline_exceeded);
}

TEST_CASE_FIXTURE(fixture, "who has gone leaves room behind a hanging disk") {
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

TEST_CASE_FIXTURE(fixture, "faults open the circuit, probes close it") {
  const auto log = test::logged(telemetry::log_level::info, [&] {
    for (int i = 0; i < 2; ++i)
      for (const auto& op : enter(2))
        leave(op, i == 0 ? code::internal : code::none);
    CHECK(counters->breaker.state == circuit::open);
    CHECK(enter(2).empty());
    CHECK(codes().back() == code::circuit_open);
    CHECK(refused.back()->retry_after_s == 1);
    CHECK(counters->breaker.refused.get() == 2);
    now += 1'000ms;
    const auto probes = enter(2);
    CHECK(probes.size() == 2);
    CHECK(counters->breaker.state == circuit::half_open);
    leave(probes[0]);
    // Two at once, and no third: the first answer says nothing yet.
    CHECK(enter(1).empty());
    CHECK(codes().back() == code::circuit_open);
    leave(probes[1]);
    CHECK(counters->breaker.state == circuit::closed);
    CHECK(enter(1).size() == 1);
  });
  REQUIRE(log.size() == 3);
  for (const auto& line : log) {
    CHECK(line["event"] == "breaker_changed");
    CHECK(line["breaker"] == "fileSystem");
  }
}

TEST_CASE_FIXTURE(fixture, "a lock that opens refuses who waits behind it") {
  const auto inside = enter(4);
  for (int i = 0; i < 4; ++i)
    guard->leave({0, 0, 1});
  leave(inside[0]);
  CHECK(codes() == ::codes(2, code::circuit_open));
  CHECK(counters->bulkhead.queued == 0);
  CHECK(counters->bulkhead.in_use == 1);
}

TEST_CASE_FIXTURE(fixture, "only faults count, and each of them once") {
  for (const auto harmless :
       {code::insufficient_stock, code::sku_not_found, code::read_only,
        code::idempotency_mismatch, code::version_conflict, code::lease_held})
    for (const auto& op : enter(2))
      leave(op, harmless);
  CHECK(counters->breaker.state == circuit::closed);
  const auto inside = enter(2);
  for (const auto& op : inside) {
    op->at_disk.note_late();
    op->at_disk.note_late();
    // Its own answer comes in the end.
    leave(op, code::deadline_exceeded);
  }
  // Two faults among fourteen.
  CHECK(counters->breaker.state == circuit::closed);
}

TEST_CASE_FIXTURE(fixture, "whoever waits at the end is told") {
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
