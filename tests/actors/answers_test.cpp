#include <doctest/doctest.h>

#include "tests/support/world.hpp"

using namespace holdfast;
using test::world;

TEST_CASE_FIXTURE(world, "an adjust creates the record and is durable") {
  const auto answer = ask(make(action::adjust, "A", 5));
  CHECK(answer.ok());
  CHECK(answer.record.on_hand == 5);
  CHECK(answer.record.version == 1);
  CHECK(disk->commits() == 1);
}

TEST_CASE_FIXTURE(world, "a reservation holds stock until it is committed") {
  ask(make(action::adjust, "A", 5));
  const auto held = ask(make(action::reserve, "A", 2));
  REQUIRE(held.has_hold);
  CHECK(held.record.reserved == 2);
  CHECK(held.hold.ref.grant_version == 2);
  CHECK(held.hold.ref.grant_seq == 2);
  const auto done = ask(about(make(action::commit, "A"), held.hold));
  CHECK(done.hold.state == reservation_state::committed);
  CHECK(done.record.on_hand == 3);
  CHECK(done.record.reserved == 0);
}

TEST_CASE_FIXTURE(world, "a second commit finds the outcome in the journal") {
  ask(make(action::adjust, "A", 5));
  const auto held = ask(make(action::reserve, "A", 2));
  ask(about(make(action::commit, "A"), held.hold));
  const auto again = ask(about(make(action::commit, "A"), held.hold));
  CHECK(again.ok());
  CHECK(again.hold.committed == 2);
  CHECK(again.record.version == 3);
  const auto other = ask(about(make(action::release, "A"), held.hold));
  CHECK(other.code == error_code::reservation_closed);
  CHECK(other.state == reservation_state::committed);
}

TEST_CASE_FIXTURE(world, "an unknown store is refused") {
  auto op = make(action::adjust, "A", 5);
  op->ask.from.store = "nowhere";
  CHECK(ask(op).code == error_code::store_not_found);
}

TEST_CASE_FIXTURE(world, "one message may hold requests of several stores") {
  auto here = make(action::adjust, "A", 5);
  auto there = make(action::adjust, "A", 7);
  there->ask.from.store = "store-2";
  auto nowhere = make(action::adjust, "A", 9);
  nowhere->ask.from.store = "store-9";
  send({here, there, nowhere});
  run();
  CHECK(answer_of(*here).record.on_hand == 5);
  CHECK(answer_of(*there).record.on_hand == 7);
  CHECK(answer_of(*nowhere).code == error_code::store_not_found);
}

TEST_CASE_FIXTURE(world, "requests for one SKU are decided in order") {
  operations all;
  for (int i = 0; i < 30; ++i)
    all.push_back(make(action::adjust, "A", 1));
  send(all);
  run();
  for (std::uint64_t i = 0; i < all.size(); ++i)
    CHECK(answer_of(*all[i]).record.version == i + 1);
  // Pipelined: all of them shared one transaction.
  CHECK(disk->commits() == 1);
}

TEST_CASE_FIXTURE(world, "a read behind a write waits until it is durable") {
  auto write = make(action::adjust, "A", 5);
  auto read = make(action::read, "A");
  send({write, read});
  run();
  CHECK(read->todo == errand::barrier);
  CHECK(answer_of(*read).record.on_hand == 5);
}

TEST_CASE_FIXTURE(world, "a read of durable state leaves without the journal") {
  ask(make(action::adjust, "A", 5));
  auto read = make(action::read, "A");
  CHECK(ask(read).record.on_hand == 5);
  CHECK(read->todo == errand::none);
}

TEST_CASE_FIXTURE(world, "a request past its deadline changes nothing") {
  auto late = make(action::adjust, "A", 5);
  late->deadline = schedule.clock().now();
  CHECK(ask(late).code == error_code::deadline_exceeded);
  CHECK(ask(make(action::read, "A")).code == error_code::sku_not_found);
}

TEST_CASE_FIXTURE(world, "an expired hold is recorded by whoever meets it") {
  ask(make(action::adjust, "A", 5));
  auto hold = make(action::reserve, "A", 5);
  hold->ask.ttl_s = 1;
  ask(hold);
  time->ms += 1'000; // The actor's own timer has not run yet.
  const auto seen = ask(make(action::read, "A"));
  CHECK(seen.record.reserved == 0);
  CHECK(seen.record.version == 3);
}

TEST_CASE_FIXTURE(world, "a hold expires although nobody asks") {
  ask(make(action::adjust, "A", 5));
  auto hold = make(action::reserve, "A", 5);
  hold->ask.ttl_s = 2;
  ask(hold);
  pass(std::chrono::seconds{2});
  storage::memory_journal log{disk};
  CHECK(log.event_at(3)->type == event_type::reservation_expired);
}

TEST_CASE_FIXTURE(world, "the feed shows what is durable") {
  ask(make(action::adjust, "A", 5));
  ask(make(action::adjust, "B", 5));
  auto page = std::make_shared<operation>();
  page->todo = errand::feed;
  page->feed = std::make_unique<feed_part>();
  page->feed->limit = 10;
  page->feed->filter.sku = "B";
  ask(page);
  REQUIRE(page->feed->page.events.size() == 1);
  CHECK(page->feed->page.events.front().seq == 2);
}

TEST_CASE("a hundred units and a thousand buyers: a hundred are served") {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    std::minstd_rand random{seed};
    world node;
    node.ask(world::make(action::adjust, "last", 100));
    operations buyers;
    for (int i = 0; i < 1000; ++i) {
      buyers.push_back(world::make(action::reserve, "last", 1));
      node.send({buyers.back()});
    }
    node.run_shuffled(random);
    int granted = 0;
    for (const auto& op : buyers) {
      REQUIRE(node.answered(op));
      granted += answer_of(*op).ok() ? 1 : 0;
      if (!answer_of(*op).ok())
        CHECK(answer_of(*op).code == error_code::insufficient_stock);
    }
    CHECK(granted == 100);
  }
}
