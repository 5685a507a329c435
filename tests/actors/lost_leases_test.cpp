// A process that is stopped for too long, at any point of its work.
#include <doctest/doctest.h>

#include "tests/support/shared_directory.hpp"

using namespace holdfast;
using namespace std::chrono_literals;
using test::shared_directory;
using test::world;

namespace {

/// `one` has the lease of A and stops while it works on `ops`, after `steps`;
/// `two` takes the lease over, and adjusts by 100; then `one` goes on.
struct interrupted : shared_directory {
  std::unique_ptr<world> one = join();
  std::unique_ptr<world> two = join();
  outcome meanwhile;

  interrupted() {
    CHECK(one->ask(world::make(action::adjust, "A", 5)).ok());
  }

  /// True if `one` was done before it stopped.
  bool run(operations ops, int steps) {
    one->send(std::move(ops));
    for (int i = 0; i < steps && one->schedule.has_job(); ++i)
      one->schedule.run_once();
    const auto is_done = !one->schedule.has_job();
    pass(std::chrono::milliseconds{ttl_ms + 1}, *two);
    meanwhile = two->ask(world::make(action::adjust, "A", 100));
    CHECK(meanwhile.ok());
    CHECK(two->mediators->leases.stolen == 1);
    one->schedule.advance_time(std::chrono::milliseconds{ttl_ms + 1});
    one->run();
    return is_done;
  }

  std::int64_t on_hand() {
    return two->ask(world::make(action::read, "A")).record.on_hand;
  }
};

constexpr int steps_max = 40;

} // namespace

TEST_CASE("who was stopped for too long is refused") {
  interrupted at;
  const auto late = world::make(action::adjust, "A", 1);
  CHECK_FALSE(at.run({late}, 0));
  REQUIRE(at.one->answered(late));
  CHECK(answer_of(*late).code == error_code::lease_held);
  CHECK(at.on_hand() == 105);
  const auto next = world::make(action::adjust, "A", 1);
  CHECK(at.one->ask(next).code == error_code::lease_held);
  CHECK(at.on_hand() == 105);
}

TEST_CASE("a write is told what became of it, wherever its process stopped") {
  auto fenced = 0;
  auto written = 0;
  for (int steps = 0; steps < steps_max; ++steps) {
    CAPTURE(steps);
    interrupted at;
    const auto op = world::make(action::adjust, "A", 1);
    const auto is_done = at.run({op}, steps);
    REQUIRE(at.one->answered(op));
    if (answer_of(*op).ok()) {
      ++written;
      CHECK(answer_of(*op).record.version == 2);
      CHECK(answer_of(*op).record.on_hand == 6);
      CHECK(at.meanwhile.record.version == 3);
      CHECK(at.on_hand() == 106);
    } else {
      ++fenced;
      CHECK_FALSE(is_done);
      CHECK(answer_of(*op).code == error_code::lease_held);
      CHECK(at.meanwhile.record.version == 2);
      CHECK(at.on_hand() == 105);
    }
  }
  CHECK(fenced > 3);
  CHECK(written > 3);
}

TEST_CASE("nothing that was decided under a lost lease gets out") {
  for (int steps = 0; steps < steps_max; ++steps) {
    CAPTURE(steps);
    interrupted at;
    // What the first sees depends on nothing, the others on the first.
    const auto first = world::make(action::adjust, "A", 1);
    const auto refused = world::make(action::reserve, "A", 50);
    const auto keyed = world::keyed(world::make(action::reserve, "A", 60), "k");
    const auto read = world::make(action::read, "A");
    at.run({first, refused, keyed, read}, steps);
    for (const auto& op : {first, refused, keyed, read})
      REQUIRE(at.one->answered(op));
    if (answer_of(*first).ok()) {
      CHECK(answer_of(*refused).code == error_code::insufficient_stock);
      CHECK(answer_of(*keyed).code == error_code::insufficient_stock);
      CHECK(answer_of(*read).record.version == 2);
    } else {
      // 105 on hand: under a lease these would have been granted.
      CHECK(answer_of(*refused).code == error_code::lease_held);
      CHECK(answer_of(*keyed).code == error_code::lease_held);
      CHECK(answer_of(*read).record.version == 2);
      CHECK(answer_of(*read).record.on_hand == 105);
    }
  }
}

TEST_CASE("a key that was refused for its lease is free") {
  interrupted at;
  const auto op = world::keyed(world::make(action::adjust, "A", 1), "k");
  at.run({op}, 2);
  if (!answer_of(*op).ok()) {
    at.pass(5s, *at.one, *at.two);
    at.one->ask(world::make(action::adjust, "A", 1));
    at.pass(2s, *at.one, *at.two);
    at.pass(100ms, *at.one, *at.two);
    const auto again =
        at.one->ask(world::keyed(world::make(action::adjust, "A", 1), "k"));
    CHECK(again.ok());
    CHECK_FALSE(again.replayed);
  }
  CHECK(at.on_hand() == 106);
}

TEST_CASE("an expiry is recorded once, by who has the lease") {
  for (int steps = 0; steps < steps_max; ++steps) {
    CAPTURE(steps);
    interrupted at;
    auto hold = world::make(action::reserve, "A", 2);
    hold->ask.ttl_s = 3;
    CHECK(at.one->ask(hold).ok());
    at.run({world::make(action::adjust, "A", 1)}, steps);
    at.one->run();
    const auto record = at.two->ask(world::make(action::read, "A")).record;
    CHECK(record.reserved == 0);
    storage::memory_journal log{at.disk};
    auto expiries = 0;
    for (const auto& change : log.scan(0, 100, {}).events)
      expiries += change.type == event_type::reservation_expired ? 1 : 0;
    CHECK(expiries == 1);
  }
}
