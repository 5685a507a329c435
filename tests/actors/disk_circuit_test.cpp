// The breaker of the file system, as a value.
#include "tests/actors/disk_places.hpp"

#include <doctest/doctest.h>

#include "actors/circuit_notes.hpp"
#include "tests/support/captured_log.hpp"

using namespace holdfast;
using namespace std::chrono_literals;
using circuit = breaker_policy::state;
using test::disk_places;

namespace {

using code = error_code;
using codes = std::vector<error_code>;

} // namespace

TEST_CASE_FIXTURE(disk_places, "faults open the circuit, probes close it") {
  const auto log = test::logged(telemetry::log_level::info, [&] {
    for (int i = 0; i < 2; ++i)
      for (const auto& op : enter(2))
        leave(op, i == 0 ? code::deadline_exceeded : code::none);
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

TEST_CASE_FIXTURE(disk_places, "that probes may come is told, too") {
  const auto& half_opened =
      counters->breaker.entered[static_cast<std::size_t>(circuit::half_open)];
  const auto look = [&](std::chrono::milliseconds later) {
    note_probes_due(counters->breaker, now + later, "fileSystem");
    return counters->breaker.state.load();
  };
  const auto log = test::logged(telemetry::log_level::info, [&] {
    CHECK(look(1h) == circuit::closed);
    for (int i = 0; i < 2; ++i)
      for (const auto& op : enter(2))
        leave(op, code::deadline_exceeded);
    CHECK(look(999ms) == circuit::open);
    CHECK(look(1'000ms) == circuit::half_open);
    CHECK(look(1h) == circuit::half_open);
    CHECK(half_opened.get() == 1);
    now += 1'000ms;
    // Found to be so already.
    for (const auto& op : enter(2))
      leave(op);
    CHECK(half_opened.get() == 1);
    CHECK(look(1h) == circuit::closed);
  });
  REQUIRE(log.size() == 3);
  CHECK(log[1]["state"] == "half_open");
}

TEST_CASE_FIXTURE(disk_places,
                  "a circuit that opens refuses who waits for it") {
  const auto inside = enter(4);
  for (int i = 0; i < 4; ++i)
    guard->leave({0, 0, 1});
  leave(inside[0]);
  CHECK(codes() == ::codes(2, code::circuit_open));
  CHECK(counters->bulkhead.queued == 0);
  CHECK(counters->bulkhead.in_use == 1);
}

TEST_CASE_FIXTURE(disk_places, "only faults count, and each of them once") {
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

TEST_CASE_FIXTURE(disk_places, "what the disk was not asked tells nothing") {
  // Answered from memory, and a command that throws.
  const auto leave_untried = [&](const operations& inside) {
    for (const auto& op : inside) {
      op->todo = errand::none;
      leave(op, code::sku_not_found);
    }
  };
  for (int i = 0; i < 10; ++i) {
    leave_untried(enter(1));
    leave(enter(1).at(0), code::internal);
  }
  CHECK(counters->breaker.state == circuit::closed);
  // They do not thin faults out either.
  for (int i = 0; i < 2; ++i)
    for (const auto& op : enter(2))
      leave(op, code::deadline_exceeded);
  CHECK(counters->breaker.state == circuit::open);
  now += 1'000ms;
  // Their probes are given back, and close nothing.
  for (int i = 0; i < 3; ++i)
    leave_untried(enter(2));
  CHECK(counters->breaker.state == circuit::half_open);
  for (const auto& op : enter(2))
    leave(op);
  CHECK(counters->breaker.state == circuit::closed);
  CHECK(counters->bulkhead.in_use == 0);
}
