// What a node does after a start though nobody asks.
#include <doctest/doctest.h>

#include "tests/support/captured_log.hpp"
#include "tests/support/shared_directory.hpp"

using namespace holdfast;
using namespace holdfast::test;
using namespace std::chrono_literals;

namespace {

using disk_ptr = std::shared_ptr<storage::memory_disk>;

std::string name_of(int i) {
  return "sku-" + std::to_string(i);
}

/// Each of these has a hold of 4 that ends in `ttl_s`.
void hold_each(world& in, int skus, std::int64_t ttl_s) {
  for (int i = 0; i < skus; ++i) {
    in.ask(world::make(action::adjust, name_of(i), 10));
    auto hold = world::make(action::reserve, name_of(i), 4);
    hold->ask.ttl_s = ttl_s;
    REQUIRE(in.ask(std::move(hold)).ok());
  }
}

/// Changes that give reserved stock back; asks no owner.
int expiries_on(const disk_ptr& disk) {
  storage::memory_ledger all{disk};
  ledger_position at;
  at.is = ledger_position::phase::events;
  int found = 0;
  for (auto page = all.read(at, 1'000); page.next != at;
       page = all.read(at, 1'000)) {
    for (const auto& change : page.changes)
      found += change.reserved_delta == -4 && change.delta == 0 ? 1 : 0;
    at = page.next;
  }
  return found;
}

std::int64_t reserved_in(world& in) {
  CHECK(in.ask_round().report.drift == 0);
  std::int64_t sum = 0;
  const auto view = in.board->view();
  for (const auto& sku : view->page({"", "", 1'000}).skus)
    sum += sku.reserved;
  return sum;
}

/// Whatever a node does of its own accord when it starts.
void settle(world& in) {
  in.run();
  in.pass(1s);
  for (int i = 0; i < 20; ++i)
    in.pass(10ms);
}

/// More than rounds ask owners about, and more than one step reads.
constexpr int many_skus = 150;

} // namespace

TEST_CASE("holds that ended while a node was down are recorded unasked") {
  for (const std::uint64_t every : {0, 2}) {
    CAPTURE(every);
    auto with = world::unlimited();
    with.snapshot_every_n_events = every;
    const auto disk = std::make_shared<storage::memory_disk>();
    {
      world before{with, disk};
      hold_each(before, many_skus, 3);
    }
    world after{with, disk};
    after.time->ms += 10'000;
    settle(after);
    CHECK(expiries_on(disk) == many_skus);
    CHECK(reserved_in(after) == 0);
  }
}

TEST_CASE("holds that outlive a restart end in time though nobody asks") {
  const auto disk = std::make_shared<storage::memory_disk>();
  {
    world before{world::unlimited(), disk};
    hold_each(before, many_skus, 3);
  }
  world after{world::unlimited(), disk};
  settle(after);
  CHECK(expiries_on(disk) == 0);
  CHECK(reserved_in(after) == 4 * many_skus);
  after.pass(3s);
  CHECK(expiries_on(disk) == many_skus);
  CHECK(reserved_in(after) == 0);
}

TEST_CASE("SKUs without a hold are not woken") {
  const auto disk = std::make_shared<storage::memory_disk>();
  {
    world before{world::unlimited(), disk};
    hold_each(before, 1, 3);
    before.pass(3s);
    before.ask(world::make(action::adjust, "b", 1));
  }
  world after{world::unlimited(), disk};
  settle(after);
  CHECK(after.mediators->stores.of("store-1").spawned.get() == 0);
}

TEST_CASE("what cannot be had at the start is tried again") {
  const auto disk = std::make_shared<storage::memory_disk>();
  {
    world before{world::unlimited(), disk};
    hold_each(before, many_skus, 3);
  }
  world after{world::unlimited(), disk};
  after.time->ms += 10'000;
  disk->fail_reads(1);
  disk->fail_commit_at(1, journal_error::kind::full);
  for (int i = 0; i < 5; ++i)
    settle(after);
  CHECK(expiries_on(disk) == many_skus);
}

TEST_CASE("stores that are not served any more are named once") {
  const auto disk = std::make_shared<storage::memory_disk>();
  auto with = world::unlimited();
  with.stores = {"a", "b", "c"};
  {
    world before{with, disk};
    for (const auto* store : {"a", "b", "c", "b"}) {
      auto op = world::make(action::adjust, "A", 1);
      op->ask.from.store = store;
      before.ask(std::move(op));
    }
  }
  with.stores = {"b", "d"};
  const auto lines = logged(telemetry::log_level::warn, [&] {
    world after{with, disk};
    settle(after);
  });
  REQUIRE(lines.size() == 1);
  CHECK(lines[0]["event"] == "stores_not_served");
  CHECK(lines[0]["stores"] == "a,c");
  CHECK(lines[0]["count"] == 2);
}
