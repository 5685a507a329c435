// What the journal writer makes of a disk whose syncs take long.
#include <doctest/doctest.h>

#include <functional>
#include <utility>

#include "tests/support/world.hpp"

using namespace holdfast;
using namespace std::chrono_literals;
using test::world;

namespace {

constexpr auto sync_time = 80ms;
/// What a transaction on such a disk waits for its callers at most.
constexpr auto pause = sync_time / commit_policy::pause_share;

class slow_journal final : public storage::memory_journal {
public:
  slow_journal(std::shared_ptr<storage::memory_disk> disk,
               std::function<void()> wait)
      : memory_journal(std::move(disk)), wait_(std::move(wait)) {
    // nop
  }

  void commit() override {
    memory_journal::commit();
    wait_();
  }

private:
  std::function<void()> wait_;
};

/// Calls `look` whenever it reads for somebody.
class watched_journal final : public storage::memory_journal {
public:
  watched_journal(std::shared_ptr<storage::memory_disk> disk,
                  std::function<void()> look)
      : memory_journal(std::move(disk)), look_(std::move(look)) {
    // nop
  }

  loaded_sku load(const std::string& store, const std::string& sku,
                  std::int64_t keys_since_ms) override {
    look_();
    return memory_journal::load(store, sku, keys_since_ms);
  }
  event_page scan(std::uint64_t after, std::size_t limit,
                  const event_filter& filter) override {
    look_();
    return memory_journal::scan(after, limit, filter);
  }

private:
  std::function<void()> look_;
};

using disk_ptr = std::shared_ptr<storage::memory_disk>;

/// Callers of four SKUs, whose first transaction is over.
struct slow_world : world {
  explicit slow_world(disk_ptr on = std::make_shared<storage::memory_disk>())
      : world(unlimited(), on, 60s, [this, on](chain_parts& parts) {
          parts.journal = std::make_unique<slow_journal>(
              on, [this] { pass_unnoticed(sync_time); });
        }) {
    ask_all(4);
    // The SKUs are known now, so these come together.
    ask_all(4);
    commits = disk->commits();
  }

  operations ask_all(std::size_t count, std::size_t first = 0) {
    operations asked;
    for (auto i = first; i < first + count; ++i)
      asked.push_back(make(action::adjust, std::string(1, 'A' + i), 1));
    send(asked);
    run();
    return asked;
  }
  std::uint64_t fresh_commits() const {
    return disk->commits() - commits;
  }

  std::uint64_t commits = 0;
};

} // namespace

TEST_CASE_FIXTURE(slow_world, "a transaction waits for who is about to come") {
  const auto first = ask_all(1);
  CHECK(fresh_commits() == 0);
  pass(pause / 2);
  const auto second = ask_all(2, 1);
  CHECK(fresh_commits() == 0);
  CHECK_FALSE(answered(first[0]));
  // With the last of them nobody else is waited for.
  const auto last = ask_all(1, 3);
  CHECK(fresh_commits() == 1);
  for (const auto& all : {first, second, last})
    for (const auto& op : all) {
      REQUIRE(answered(op));
      CHECK(answer_of(*op).ok());
    }
}

TEST_CASE_FIXTURE(slow_world, "who does not come is not waited for long") {
  const auto first = ask_all(1);
  CHECK_FALSE(answered(first[0]));
  pass(pause - 1ms);
  CHECK_FALSE(answered(first[0]));
  pass(1ms);
  CHECK(answered(first[0]));
  CHECK(fresh_commits() == 1);
  // From then on there is one caller, and nobody to wait for.
  CHECK(answered(ask_all(1)[0]));
}

TEST_CASE_FIXTURE(slow_world, "a pause keeps nobody who only reads") {
  const auto first = ask_all(1);
  CHECK_FALSE(answered(first[0]));
  // Nothing undurable was seen there.
  CHECK(ask(make(action::read, "B")).ok());
  CHECK_FALSE(answered(first[0]));
}

TEST_CASE_FIXTURE(slow_world, "an end does not wait for a pause") {
  const auto first = ask_all(1);
  CHECK_FALSE(answered(first[0]));
  actors.finish();
  run();
  CHECK(answered(first[0]));
}

TEST_CASE("who reads from the disk is seen there as long as it takes") {
  const auto disk = std::make_shared<storage::memory_disk>();
  journal_counters* counters = nullptr;
  int looks = 0;
  world node{world::unlimited(), disk, 60s, [&](chain_parts& parts) {
               parts.journal = std::make_unique<watched_journal>(disk, [&] {
                 ++looks;
                 const auto since = counters->at_disk_since.load();
                 CHECK(since != journal_counters::idle);
                 CHECK(counters->is_stuck(since + 3s));
               });
             }};
  counters = node.counters.get();
  CHECK(node.ask(world::make(action::adjust, "A", 1)).ok());
  CHECK(looks == 1);
  auto feed = std::make_shared<operation>();
  feed->todo = errand::feed;
  feed->feed = std::make_unique<feed_part>();
  feed->feed->limit = 10;
  CHECK(node.ask(feed).ok());
  CHECK(looks == 2);
  CHECK(counters->at_disk_since.load() == journal_counters::idle);
}

TEST_CASE("a hold that ends before its grant is written keeps nobody awake") {
  const auto disk = std::make_shared<storage::memory_disk>();
  std::function<void()> at_disk;
  world node{world::unlimited(), disk, 60s, [&](chain_parts& parts) {
               parts.journal = std::make_unique<slow_journal>(disk, [&] {
                 if (const auto work = std::exchange(at_disk, nullptr))
                   work();
               });
             }};
  REQUIRE(node.ask(world::make(action::adjust, "A", 5)).ok());
  int turns = 0;
  at_disk = [&] {
    for (auto left = 3s / 1ms; left > 0; --left) {
      node.stage::pass(1ms);
      while (node.schedule.try_run_once())
        ++turns;
    }
  };
  const auto hold = world::make(action::reserve, "A", 2);
  hold->ask.ttl_s = 1;
  REQUIRE(node.ask(hold).ok());
  CHECK(turns > 0);
  CHECK(turns < 1'000);
  node.pass(200ms);
  CHECK(node.ask(world::make(action::read, "A")).record.reserved == 0);
}
