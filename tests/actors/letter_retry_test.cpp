// Dead letters tried again: at most once applied, whatever happens.
#include "tests/actors/dead_letters.hpp"

#include "holdfast/limits.hpp"

using namespace holdfast;
using test::poisoned_world;
using test::world;

namespace {

/// A node with one letter: one unit more of A.
void bury_one(poisoned_world& node, const std::string& key) {
  auto op = poisoned_world::poisoned(world::make(action::adjust, "A", 1));
  if (!key.empty())
    op = world::keyed(op, key);
  CHECK(node.fail(op).code == error_code::internal);
  REQUIRE(node.letters().size() == 1);
}

/// What a retry may be told when another one is under way, or was.
bool is_fair(const outcome& told) {
  return told.ok() || told.code == error_code::idempotency_in_flight
         || told.code == error_code::dead_letter_not_found;
}

} // namespace

TEST_CASE("a retry answers what its command would, and the letter is gone") {
  for (const std::string key : {"", "k"}) {
    CAPTURE(key);
    poisoned_world node;
    bury_one(node, key);
    test::is_cured = true;
    const auto told = node.retry(1);
    CHECK(told.ok());
    CHECK_FALSE(told.replayed);
    CHECK(told.record.on_hand == 1);
    CHECK(node.letters().empty());
    CHECK(node.counters->letters.settled.get() == 1);
    CHECK(node.retry(1).code == error_code::dead_letter_not_found);
    CHECK(node.on_hand("A") == 1);
  }
}

TEST_CASE_FIXTURE(poisoned_world, "a retry that fails adds to its letter") {
  bury_one(*this, "");
  CHECK(fail(about_letter(errand::retry_letter, 1)).code
        == error_code::internal);
  REQUIRE(letters().size() == 1);
  CHECK(letters().front().attempts == 2 * (with.retry_times + 1));
  CHECK(letters().front().ask.from.key.empty());
  CHECK(counters->letters.buried.get() == 2);
}

TEST_CASE_FIXTURE(poisoned_world, "a refused retry leaves its letter") {
  ask(make(action::adjust, "A", 1));
  CHECK(fail(poisoned(make(action::reserve, "A", 5))).code
        == error_code::internal);
  test::is_cured = true;
  CHECK(retry(1).code == error_code::insufficient_stock);
  CHECK(letters().size() == 1);
  ask(make(action::adjust, "A", 10));
  // Nobody has a key that would remember that refusal.
  const auto granted = retry(1);
  CHECK(granted.ok());
  CHECK_FALSE(granted.replayed);
  CHECK(granted.hold.quantity == 5);
  CHECK(letters().empty());
}

TEST_CASE("retries at the same time are applied once, in any order") {
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    CAPTURE(seed);
    std::minstd_rand random{seed};
    poisoned_world node;
    bury_one(node, seed % 2 == 0 ? "k" : "");
    test::is_cured = true;
    operations all;
    for (int i = 0; i < 4; ++i) {
      all.push_back(poisoned_world::about_letter(errand::retry_letter, 1));
      node.send({all.back()});
      for (auto steps = random() % 6; steps > 0; --steps)
        if (node.schedule.has_job())
          node.schedule.run_once();
    }
    if (seed % 2 == 0) {
      // Its own caller comes back, too.
      all.push_back(world::keyed(
          poisoned_world::poisoned(world::make(action::adjust, "A", 1)), "k"));
      node.send({all.back()});
    }
    node.run_shuffled(random);
    for (const auto& op : all) {
      REQUIRE(node.answered(op));
      CHECK(is_fair(answer_of(*op)));
    }
    CHECK(node.on_hand("A") == 1);
    CHECK(node.letters().empty());
  }
}

TEST_CASE_FIXTURE(poisoned_world, "another request with its key is no answer") {
  bury_one(*this, "k");
  CHECK(ask(keyed(make(action::adjust, "A", 7), "k")).ok());
  CHECK(letters().size() == 1);
  test::is_cured = true;
  CHECK(retry(1).code == error_code::idempotency_mismatch);
  CHECK(letters().size() == 1);
  CHECK(on_hand("A") == 7);
}

TEST_CASE("a retry that a crash cut short is applied once") {
  for (const bool reached : {false, true}) {
    CAPTURE(reached);
    auto disk = std::make_shared<storage::memory_disk>();
    {
      poisoned_world node{world::unlimited(), disk};
      bury_one(node, "");
      test::is_cured = true;
      disk->fail_commit_at(1, journal_error::kind::failed, reached);
      CHECK(node.retry(1).code == error_code::deadline_exceeded);
      disk->crash();
    }
    poisoned_world node{world::unlimited(), disk};
    test::is_cured = true;
    CHECK(node.letters().size() == (reached ? 0 : 1));
    const auto again = node.retry(1);
    CHECK(again.ok() == !reached);
    CHECK(node.on_hand("A") == 1);
    CHECK(node.letters().empty());
  }
}

TEST_CASE("a retry that was overtaken is not written, though its key is old") {
  auto with = world::unlimited();
  with.idemp_ttl_ms = 10;
  poisoned_world node{with};
  bury_one(node, "");
  const auto letter = node.letters().front();
  test::is_cured = true;
  CHECK(node.retry(1).ok());
  node.pass(std::chrono::milliseconds{20});
  // It was looked up before the other one was done.
  auto late = poisoned_world::about_letter(errand::none, 1);
  late->ask = retry_of(letter);
  CHECK(node.ask(late).code == error_code::read_only);
  CHECK(node.on_hand("A") == 1);
  CHECK(node.ask(world::make(action::adjust, "A", 1)).record.version == 2);
}

TEST_CASE("a retry that was overtaken and fails makes no other letter") {
  for (const bool is_deleted : {false, true}) {
    CAPTURE(is_deleted);
    auto with = world::unlimited();
    with.idemp_ttl_ms = 10;
    poisoned_world node{with};
    bury_one(node, "");
    auto late = poisoned_world::about_letter(errand::none, 1);
    late->ask = retry_of(node.letters().front());
    if (is_deleted) {
      CHECK(
          node.ask(poisoned_world::about_letter(errand::drop_letter, 1)).ok());
    } else {
      test::is_cured = true;
      CHECK(node.retry(1).ok());
      test::is_cured = false;
    }
    // Its key is forgotten, however late its answer was.
    node.pass(std::chrono::minutes{1});
    CHECK(node.fail(late).code == error_code::dead_letter_not_found);
    CHECK(node.letters().empty());
    CHECK(node.counters->letters.buried.get() == 1);
    CHECK(node.counters->letters.lost.get() == 0);
  }
}

TEST_CASE_FIXTURE(poisoned_world, "a key that has its answer gets no letter") {
  // The command was carried out; handling its repetition throws.
  const auto make_it = [] {
    return keyed(make(action::adjust, "A", 1), "k");
  };
  CHECK(ask(make_it()).ok());
  auto again = make_it();
  send({again});
  time->throws = 1;
  run();
  for (std::uint32_t i = 0; i < with.retry_times; ++i) {
    CHECK_FALSE(answered(again));
    time->throws = 1;
    pass(std::chrono::milliseconds{with.retry_base_ms << i});
  }
  CHECK(answer_of(*again).ok());
  CHECK(answer_of(*again).replayed);
  CHECK(letters().empty());
  CHECK(on_hand("A") == 1);
}
