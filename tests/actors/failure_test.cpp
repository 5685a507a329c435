#include <doctest/doctest.h>

#include "tests/support/world.hpp"

using namespace holdfast;
using test::world;
using kind = journal_error::kind;

namespace {

/// Two times there is no room for a transaction to begin in.
class short_journal final : public storage::memory_journal {
public:
  using memory_journal::memory_journal;

  void begin() override {
    if (refusals_left_ > 0) {
      --refusals_left_;
      throw journal_error(kind::full, "a disk without room");
    }
    memory_journal::begin();
  }

private:
  int refusals_left_ = 2;
};

} // namespace

TEST_CASE_FIXTURE(world, "out of space: the batch is refused, then goes on") {
  ask(make(action::adjust, "A", 5));
  disk->fail_commit_at(1, kind::full);
  CHECK(ask(make(action::adjust, "A", 1)).code == error_code::read_only);
  CHECK(counters->full);
  const auto next = ask(make(action::adjust, "A", 1));
  CHECK(next.ok());
  CHECK(next.record.on_hand == 6);
  CHECK(next.record.version == 2);
  CHECK_FALSE(counters->full);
  CHECK(fatal.empty());
}

TEST_CASE_FIXTURE(world, "a full disk is tried again though nobody writes") {
  ask(make(action::adjust, "A", 5));
  disk->fail_commit_at(1, kind::full);
  ask(make(action::adjust, "A", 1));
  CHECK(counters->full);
  pass(std::chrono::seconds{1});
  CHECK_FALSE(counters->full);
}

TEST_CASE("a disk that is full at the start is noticed though nobody writes") {
  const auto disk = std::make_shared<storage::memory_disk>();
  world node{world::unlimited(), disk, std::chrono::seconds{60},
             [&](chain_parts& parts) {
               parts.journal = std::make_unique<short_journal>(disk);
             }};
  node.run();
  CHECK(node.counters->full);
  node.pass(std::chrono::milliseconds{600});
  CHECK(node.counters->full);
  node.pass(std::chrono::seconds{1});
  CHECK_FALSE(node.counters->full);
  CHECK(node.ask(world::make(action::adjust, "A", 5)).ok());
  CHECK(node.fatal.empty());
}

TEST_CASE_FIXTURE(world, "what was decided on a lost batch is not written") {
  ask(make(action::adjust, "A", 1));
  disk->fail_commit_at(1, kind::full);
  auto lost = make(action::adjust, "A", 10);
  auto built_on_it = make(action::reserve, "A", 11);
  send({lost});
  send({built_on_it});
  run();
  CHECK(answer_of(*lost).code == error_code::read_only);
  CHECK_FALSE(answer_of(*built_on_it).ok());
  CHECK(ask(make(action::read, "A")).record.on_hand == 1);
}

TEST_CASE_FIXTURE(world, "a read in a lost batch is answered from the disk") {
  ask(make(action::adjust, "A", 1));
  disk->fail_commit_at(1, kind::full);
  auto lost = make(action::adjust, "A", 10);
  auto read = make(action::read, "A");
  send({lost, read});
  run();
  CHECK(answer_of(*lost).code == error_code::read_only);
  CHECK(answer_of(*read).ok());
  CHECK(answer_of(*read).record.on_hand == 1);
}

TEST_CASE_FIXTURE(world, "an ended hold in a lost batch is read from disk") {
  ask(make(action::adjust, "A", 5));
  const auto held = ask(make(action::reserve, "A", 2));
  ask(about(make(action::commit, "A"), held.hold));
  disk->fail_commit_at(1, kind::full);
  auto lost = make(action::adjust, "A", 10);
  auto read = about(make(action::read_reservation, "A"), held.hold);
  send({lost, read});
  run();
  CHECK(answer_of(*lost).code == error_code::read_only);
  REQUIRE(answer_of(*read).ok());
  CHECK(answer_of(*read).hold.state == reservation_state::committed);
  CHECK(answer_of(*read).hold.committed == 2);
  CHECK(answer_of(*read).record.on_hand == 3);
}

TEST_CASE_FIXTURE(world, "a key of a lost batch is free again") {
  disk->fail_commit_at(1, kind::full);
  const auto lost = ask(keyed(make(action::adjust, "A", 5), "k"));
  CHECK(lost.code == error_code::read_only);
  const auto again = ask(keyed(make(action::adjust, "A", 5), "k"));
  CHECK(again.ok());
  CHECK_FALSE(again.replayed);
  CHECK(again.record.on_hand == 5);
}

TEST_CASE_FIXTURE(world, "a failed sync ends all acknowledgements") {
  ask(make(action::adjust, "A", 5));
  disk->fail_commit_at(1, kind::failed, true);
  // It may have reached the disk, so nobody may say that nothing happened.
  CHECK(ask(make(action::adjust, "A", 1)).code
        == error_code::deadline_exceeded);
  CHECK_FALSE(fatal.empty());
  CHECK(counters->failed);
  CHECK(ask(make(action::adjust, "A", 1)).code == error_code::read_only);
  CHECK(ask(make(action::adjust, "B", 1)).code == error_code::read_only);
}

TEST_CASE_FIXTURE(world, "a key refused by a failed journal is not in flight") {
  ask(make(action::adjust, "A", 5));
  ask(make(action::adjust, "B", 5));
  disk->fail_commit_at(1, kind::failed);
  ask(make(action::adjust, "A", 1));
  const auto put_off = [this] {
    return ask(keyed(make(action::adjust, "B", 1), "k")).code;
  };
  CHECK(put_off() == error_code::read_only);
  CHECK(put_off() == error_code::read_only);
}

TEST_CASE("after a failed sync the next start knows what reached the disk") {
  for (const bool reached : {false, true}) {
    CAPTURE(reached);
    auto disk = std::make_shared<storage::memory_disk>();
    {
      world node{world::unlimited(), disk};
      disk->fail_commit_at(1, kind::failed, reached);
      const auto op = world::keyed(world::make(action::adjust, "A", 5), "k");
      CHECK(node.ask(op).code == error_code::deadline_exceeded);
      disk->crash();
    }
    world node{world::unlimited(), disk};
    const auto op = world::keyed(world::make(action::adjust, "A", 5), "k");
    const auto settled = node.ask(op);
    CHECK(settled.record.on_hand == 5);
    CHECK(settled.replayed == reached);
  }
}

TEST_CASE_FIXTURE(world, "a command whose handling threw is tried again") {
  ask(make(action::adjust, "A", 5));
  time->throws = 1;
  auto op = make(action::adjust, "A", 1);
  auto behind = make(action::adjust, "A", 10);
  send({op, behind});
  run();
  CHECK_FALSE(answered(op));
  REQUIRE(answered(behind));
  CHECK(answer_of(*behind).record.on_hand == 15);
  pass(std::chrono::milliseconds{with.retry_base_ms});
  REQUIRE(answered(op));
  CHECK(answer_of(*op).record.on_hand == 16);
}

TEST_CASE_FIXTURE(world, "a poison command fails, others are unharmed") {
  ask(make(action::adjust, "A", 5));
  auto poison = make(action::adjust, "A", 1);
  time->throws = 1;
  send({poison});
  run();
  for (std::uint32_t i = 0; i < with.retry_times; ++i) {
    CHECK_FALSE(answered(poison));
    time->throws = 1;
    pass(std::chrono::seconds{1});
  }
  REQUIRE(answered(poison));
  CHECK(answer_of(*poison).code == error_code::internal);
  CHECK(ask(make(action::read, "A")).record.on_hand == 5);
}
