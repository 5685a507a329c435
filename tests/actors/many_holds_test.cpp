// Many holds that end at once: others do not wait for all of them.
#include <doctest/doctest.h>

#include <algorithm>

#include "holdfast/expiries.hpp"
#include "tests/support/shared_directory.hpp"

using namespace holdfast;
using namespace std::chrono_literals;
using test::shared_directory;
using test::world;

namespace {

/// Of one unit each, for so long.
void hold_each(world& in, const std::string& sku, std::size_t count,
               std::int64_t ttl_s) {
  in.ask(world::make(action::adjust, sku, 10'000));
  operations all;
  for (std::size_t i = 0; i < count; ++i) {
    all.push_back(world::make(action::reserve, sku, 1));
    all.back()->ask.ttl_s = ttl_s;
  }
  in.send(all);
  in.run();
  for (const auto& op : all)
    REQUIRE(answer_of(*op).ok());
}

struct crowd : world {
  static constexpr std::uint64_t count = 2 * expiries_max + 500;

  crowd() {
    // What a node does of its own accord after a start is over by then.
    for (int i = 0; i < 5; ++i)
      pass(1s);
    hold_each(*this, "A", count, 1);
  }

  /// Lets time pass until `op` is answered. Returns the most events that one
  /// step wrote.
  std::uint64_t wait_for(const operation_ptr& op) {
    std::uint64_t most = 0;
    for (int i = 0; i < 1'000 && !answered(op); ++i) {
      const auto before = counters->events.load();
      pass(1ms);
      most = std::max(most, counters->events - before);
    }
    REQUIRE(answered(op));
    return most;
  }
};

} // namespace

TEST_CASE_FIXTURE(crowd, "who asks about many ended holds lets others pass") {
  const auto before = counters->events.load();
  const auto batches = counters->batches.load();
  pass_unnoticed(2s);
  auto read = make(action::read, "A");
  send({read});
  run();
  CHECK(counters->events == before + expiries_max);
  CHECK_FALSE(answered(read));
  CHECK(ask(make(action::adjust, "B", 1)).ok());
  auto late = make(action::adjust, "A", 1);
  send({late});
  run();
  CHECK_FALSE(answered(read));
  CHECK_FALSE(answered(late));
  wait_for(read);
  CHECK(answer_of(*read).record.reserved == 0);
  CHECK(answer_of(*read).record.version == 1 + 2 * count);
  wait_for(late);
  CHECK(answer_of(*late).record.version == 2 + 2 * count);
  // Three of expiries, one of B; the last of A may be in one with a portion.
  CHECK(counters->batches >= batches + 4);
  CHECK(counters->events == before + count + 2);
}

TEST_CASE_FIXTURE(crowd, "many holds end by their timer in portions") {
  const auto before = counters->events.load();
  pass(2s);
  CHECK(counters->events == before + expiries_max);
  std::uint64_t most = 0;
  for (int i = 0; i < 5; ++i) {
    const auto seen = counters->events.load();
    pass(1ms);
    most = std::max(most, counters->events - seen);
  }
  CHECK(most == expiries_max);
  CHECK(counters->events == before + count);
}

TEST_CASE_FIXTURE(crowd, "who waits for ended holds survives a full disk") {
  pass_unnoticed(2s);
  disk->fail_commit_at(1, journal_error::kind::full);
  auto read = make(action::read, "A");
  send({read});
  run();
  CHECK_FALSE(answered(read));
  CHECK(wait_for(read) <= 2 * expiries_max);
  CHECK(answer_of(*read).record.reserved == 0);
  CHECK(answer_of(*read).record.version == 1 + 2 * count);
}

TEST_CASE("holds that nobody ends are not one transaction") {
  shared_directory all;
  auto one = all.join();
  auto two = all.join();
  for (const auto* sku : {"A", "B", "C", "D"})
    hold_each(*one, sku, expiries_max * 3 / 5, 20);
  hold_each(*one, "E", expiries_max * 3 / 2, 20);
  one.reset();
  all.pass(20s, *two);
  const auto batches = two->counters->batches.load();
  const auto events = two->counters->events.load();
  for (int i = 0; i < 20; ++i)
    all.pass(100ms, *two);
  CHECK(two->counters->events == events + expiries_max * 39 / 10);
  // Two of a thousand and a little more, and E has a rest.
  CHECK(two->counters->batches >= batches + 4);
  const auto left = two->ask(world::make(action::read, "E")).record;
  CHECK(left.reserved == 0);
  CHECK(left.version == 1 + expiries_max * 3);
}
