// Processes that share a journal, and take turns at its SKUs.
#include <doctest/doctest.h>

#include "tests/support/poison.hpp"
#include "tests/support/shared_directory.hpp"

using namespace holdfast;
using namespace std::chrono_literals;
using test::shared_directory;
using test::world;

namespace {

struct two_processes : shared_directory {
  std::unique_ptr<world> one = join();
  std::unique_ptr<world> two = join();

  static operation_ptr adjust(std::int64_t amount,
                              const std::string& sku = "A") {
    return world::make(action::adjust, sku, amount);
  }
  static operation_ptr read() {
    return world::make(action::read, "A");
  }
  static const lease_counters& counts(const world& of) {
    return of.mediators->leases;
  }
};

} // namespace

TEST_CASE_FIXTURE(two_processes, "another's SKU is refused, with a time") {
  CHECK(one->ask(adjust(5)).ok());
  CHECK(counts(*one).held == 1);
  CHECK(counts(*one).taken == 1);
  const auto refused = adjust(1);
  CHECK(two->ask(refused).code == error_code::lease_held);
  CHECK(refused->retry_after_s == 1);
  CHECK(counts(*two).refused == 1);
  CHECK(counts(*two).taken == 0);
  // Others of its SKUs are free.
  CHECK(two->ask(adjust(3, "B")).ok());
}

TEST_CASE_FIXTURE(two_processes, "reads need no lease and are of today") {
  one->ask(adjust(5));
  CHECK(two->ask(read()).record.on_hand == 5);
  one->ask(adjust(2));
  CHECK(two->ask(read()).record.on_hand == 7);
  CHECK(two->ask(world::make(action::read, "Z")).code
        == error_code::sku_not_found);
  CHECK(counts(*two).taken == 0);
  CHECK(counts(*two).held == 0);
}

TEST_CASE_FIXTURE(two_processes, "a read that throws there fails alone") {
  one->ask(adjust(5));
  const operations asked = {read(), read(), adjust(3, "B")};
  asked[0]->ask.from.reason = test::poison;
  two->send(asked);
  two->run();
  for (const auto& op : asked)
    REQUIRE(two->answered(op));
  CHECK(answer_of(*asked[0]).code == error_code::internal);
  CHECK(answer_of(*asked[1]).record.on_hand == 5);
  CHECK(answer_of(*asked[2]).ok());
  CHECK(two->fatal.empty());
}

TEST_CASE_FIXTURE(two_processes, "a reader without a lease keeps no actor") {
  one->ask(adjust(5));
  two->ask(read());
  using pointer = store_actor::stateful_pointer<store_state>;
  for (const auto& store : two->actors.stores)
    CHECK(caf::actor_cast<pointer>(store)->state.children.empty());
}

TEST_CASE_FIXTURE(two_processes, "a lease that others want changes hands") {
  one->ask(adjust(5));
  CHECK(two->ask(adjust(1)).code == error_code::lease_held);
  pass(900ms, *one, *two);
  CHECK(one->ask(adjust(1)).ok());
  pass(200ms, *one, *two);
  CHECK(counts(*one).handed_over == 1);
  CHECK(counts(*one).held == 0);
  // It is kept for the other.
  CHECK(one->ask(adjust(1)).code == error_code::lease_held);
  const auto had = two->ask(adjust(1));
  CHECK(had.ok());
  CHECK(had.record.on_hand == 7);
  CHECK(had.record.version == 3);
  CHECK(counts(*two).stolen == 0);
  // And back: its memory of before is not used.
  pass(2s, *one, *two);
  // Both look at the leases in turns.
  pass(100ms, *one, *two);
  const auto back = one->ask(adjust(1));
  CHECK(back.record.on_hand == 8);
  CHECK(back.record.version == 4);
}

TEST_CASE_FIXTURE(two_processes, "a lease in use stays where it is unwanted") {
  for (int i = 0; i < 60; ++i) {
    CHECK(one->ask(adjust(1)).ok());
    pass(1s, *one, *two);
  }
  CHECK(counts(*one).taken == 1);
  CHECK(counts(*one).renewed > 10);
  CHECK(two->ask(adjust(1)).code == error_code::lease_held);
}

TEST_CASE_FIXTURE(two_processes,
                  "a SKU at rest is not taken for a dead one's") {
  CHECK(one->ask(world::keyed(adjust(5), "k")).ok());
  for (int i = 0; i < 30; ++i)
    pass(1s, *one, *two);
  CHECK(two->ask(adjust(1)).code == error_code::lease_held);
  pass(200ms, *one, *two);
  CHECK(two->ask(adjust(1)).record.on_hand == 6);
  CHECK(counts(*two).stolen == 0);
  CHECK(counts(*one).handed_over == 1);
  CHECK(one->ask(read()).record.on_hand == 6);
  CHECK(counts(*one).lost == 0);
}

TEST_CASE_FIXTURE(two_processes, "a key is known whoever applied it") {
  const auto key = [] {
    return world::keyed(adjust(5), "k");
  };
  CHECK_FALSE(one->ask(key()).replayed);
  CHECK(two->ask(key()).code == error_code::lease_held);
  pass(1s, *one, *two);
  const auto again = two->ask(key());
  CHECK(again.ok());
  CHECK(again.replayed);
  CHECK(again.record.on_hand == 5);
}

TEST_CASE("an idle SKU gives its lease up") {
  shared_directory at;
  const auto one = at.join(world::unlimited(), 5s);
  const auto two = at.join();
  one->ask(two_processes::adjust(5));
  for (int i = 0; i < 10; ++i)
    at.pass(1s, *one, *two);
  CHECK(one->mediators->leases.held == 0);
  CHECK(two->ask(two_processes::adjust(1)).record.on_hand == 6);
  CHECK(two->mediators->leases.stolen == 0);
}

TEST_CASE_FIXTURE(two_processes, "a process that ends gives its leases up") {
  one->ask(adjust(5));
  one->ask(adjust(5, "B"));
  one->actors.finish();
  one->run();
  CHECK(counts(*one).held == 0);
  CHECK(two->ask(adjust(1)).record.on_hand == 6);
  CHECK(two->ask(adjust(1, "B")).record.on_hand == 6);
  CHECK(counts(*two).stolen == 0);
}

TEST_CASE_FIXTURE(two_processes, "a killed actor's lease is given up") {
  one->ask(adjust(5));
  using pointer = store_actor::stateful_pointer<store_state>;
  const auto store = caf::actor_cast<pointer>(one->actors.stores.front());
  caf::anon_send_exit(store->state.children.at("A").actor,
                      caf::exit_reason::kill);
  for (int i = 0; i < 3; ++i)
    pass(1s, *one, *two);
  CHECK(counts(*one).held == 0);
  CHECK(two->ask(adjust(1)).record.on_hand == 6);
}

TEST_CASE_FIXTURE(two_processes, "while the journal is busy writes wait") {
  one->ask(adjust(5));
  sharing->keep_busy(1);
  const auto put_off = adjust(1);
  CHECK(one->ask(put_off).code == error_code::lease_held);
  CHECK(counts(*one).put_off == 1);
  CHECK(counts(*one).is_stuck);
  CHECK(one->ask(read()).record.on_hand == 5);
  CHECK(one->ask(adjust(1)).record.on_hand == 6);
  CHECK_FALSE(counts(*one).is_stuck);
  CHECK(one->fatal.empty());
}

TEST_CASE_FIXTURE(two_processes, "a journal that was busy is tried again") {
  one->ask(adjust(5));
  sharing->keep_busy(1);
  one->ask(adjust(1));
  CHECK(counts(*one).is_stuck);
  pass(100ms, *one);
  CHECK_FALSE(counts(*one).is_stuck);
}

TEST_CASE_FIXTURE(two_processes, "a lease that cannot be written is refused") {
  sharing->keep_busy(1);
  CHECK(one->ask(adjust(5)).code == error_code::lease_held);
  CHECK(one->ask(adjust(5)).record.on_hand == 5);
}
