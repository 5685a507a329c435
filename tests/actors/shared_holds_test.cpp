// How holds end where processes share a journal.
#include <doctest/doctest.h>

#include "tests/support/poison.hpp"
#include "tests/support/shared_directory.hpp"

using namespace holdfast;
using namespace std::chrono_literals;
using test::shared_directory;
using test::world;

namespace {

struct two_holders : shared_directory {
  std::unique_ptr<world> one = join();
  std::unique_ptr<world> two = join();

  static operation_ptr adjust(std::int64_t amount) {
    return world::make(action::adjust, "A", amount);
  }
  static operation_ptr read() {
    return world::make(action::read, "A");
  }
  /// Five units at `one`, and two of them held for so long.
  outcome hold_two(std::chrono::seconds span) {
    one->ask(adjust(5));
    auto hold = world::make(action::reserve, "A", 2);
    hold->ask.ttl_s = span.count();
    return one->ask(hold);
  }
  static const lease_counters& counts(const world& of) {
    return of.mediators->leases;
  }
};

} // namespace

TEST_CASE_FIXTURE(two_holders, "what expired is recorded by the holder") {
  hold_two(20s);
  // Its lease has expired, and is good while nobody takes it.
  pass(20s, *one, *two);
  CHECK(two->ask(read()).record.reserved == 0);
  CHECK(counts(*two).taken == 0);
  CHECK(one->ask(adjust(1)).record.version == 4);
}

TEST_CASE_FIXTURE(two_holders, "holds of a process that is gone end too") {
  const auto held = hold_two(20s);
  one.reset();
  pass(20s, *two);
  // Whoever has the lease is given a moment to record it.
  CHECK(two->ask(read()).record.reserved == 2);
  pass(1s, *two);
  const auto seen = two->ask(
      world::about(world::make(action::read_reservation, "A"), held.hold));
  CHECK(seen.hold.state == reservation_state::expired);
  CHECK(two->ask(read()).record.version == 3);
  CHECK(two->ask_round().report.drift == 0);
  CHECK(two->board->view()->page({"", "", 1}).skus.front().reserved == 0);
  CHECK(counts(*two).stolen == 1);
  CHECK(counts(*two).held == 0);
}

TEST_CASE_FIXTURE(two_holders, "a hold ends once its lease has expired") {
  hold_two(2s);
  // The holder is stopped.
  pass(9s, *two);
  CHECK(two->ask(read()).record.reserved == 2);
  CHECK(counts(*two).taken == 0);
  pass(2s, *two);
  CHECK(two->ask(read()).record.reserved == 0);
  // What it wakes up to record has been recorded.
  one->schedule.advance_time(11s);
  one->run();
  CHECK(counts(*one).lost == 1);
  CHECK(one->ask(adjust(1)).record.version == 4);
}

TEST_CASE_FIXTURE(two_holders, "a lease kept for nobody ends no hold") {
  hold_two(5s);
  CHECK(two->ask(adjust(1)).code == error_code::lease_held);
  pass(1'200ms, *one, *two);
  CHECK(counts(*one).handed_over == 1);
  pass(5s, *one, *two);
  CHECK(one->ask(read()).record.reserved == 0);
  CHECK(one->ask(read()).record.version == 3);
}

TEST_CASE_FIXTURE(two_holders, "a hold whose end throws stands alone") {
  const auto hold = [&](const std::string& sku, const std::string& reference) {
    one->ask(world::make(action::adjust, sku, 5));
    auto op = world::make(action::reserve, sku, 2);
    op->ask.ttl_s = 20;
    op->ask.from.reference = reference;
    CHECK(one->ask(op).ok());
  };
  const auto reserved = [&](const std::string& sku) {
    return two->ask(world::make(action::read, sku)).record.reserved;
  };
  for (const std::string sku : {"A", "B", "C"})
    hold(sku, sku == "B" ? test::poison : "");
  one.reset();
  // The first look comes after its start.
  pass(20s, *two);
  pass(1s, *two);
  CHECK(two->fatal.empty());
  CHECK(reserved("A") == 0);
  CHECK(reserved("B") == 2);
  CHECK(reserved("C") == 0);
  // It throws only once.
  pass(1s, *two);
  CHECK(reserved("B") == 0);
}
