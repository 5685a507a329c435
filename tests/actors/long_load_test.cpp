// SKUs with so many keys that reading them takes long.
#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "tests/support/shared_directory.hpp"

using namespace holdfast;
using namespace std::chrono_literals;
using test::shared_directory;
using test::world;

namespace {

/// More than a dozen steps of a load.
constexpr int many = 4'000;

operation_ptr keyed(int i) {
  return world::keyed(world::make(action::adjust, "A", 1),
                      "k" + std::to_string(i));
}

void write_many(world& on) {
  operations ops;
  for (int i = 0; i < many; ++i)
    ops.push_back(keyed(i));
  on.send(ops);
  on.run();
  for (const auto& op : ops)
    REQUIRE(on.answered(op));
}

/// Notes how many rows were wanted of it at a time.
class noting_journal final : public storage::memory_journal {
public:
  noting_journal(std::shared_ptr<storage::memory_disk> disk,
                 std::vector<std::size_t>& into)
      : memory_journal(std::move(disk)), into_(into) {
    // nop
  }

  bool walk_keys(const std::string& store, const std::string& sku,
                 std::int64_t keys_since_ms, key_walk& walk,
                 std::size_t rows) override {
    into_.push_back(rows);
    return memory_journal::walk_keys(store, sku, keys_since_ms, walk, rows);
  }

private:
  std::vector<std::size_t>& into_;
};

} // namespace

TEST_CASE("a SKU with many keys is read in short steps") {
  const auto disk = std::make_shared<storage::memory_disk>();
  {
    world before{world::unlimited(), disk};
    write_many(before);
  }
  std::vector<std::size_t> steps;
  world node{world::unlimited(), disk, 60s, [&](chain_parts& parts) {
               parts.journal = std::make_unique<noting_journal>(disk, steps);
             }};
  const auto first = node.ask(keyed(0));
  CHECK(first.replayed);
  CHECK(first.record.on_hand == 1);
  CHECK(steps.size() > 10);
  CHECK(*std::max_element(steps.begin(), steps.end()) <= 256);
  CHECK(node.ask(keyed(many - 1)).replayed);
  CHECK(node.ask(keyed(many)).record.on_hand == many + 1);
}

TEST_CASE_FIXTURE(shared_directory, "a lease is had from when it can be used") {
  const auto one = join();
  const auto two = join();
  write_many(*one);
  CHECK(two->ask(keyed(many)).code == error_code::lease_held);
  pass(1s, *one, *two);
  CHECK(one->mediators->leases.handed_over == 1);
  // Two reads for longer than a tenure, and one wants it back meanwhile.
  const auto first = keyed(many);
  two->send({first});
  while (two->mediators->leases.held == 0)
    two->schedule.run_once();
  time->ms += 1'500;
  CHECK(one->ask(world::make(action::adjust, "A", 1)).code
        == error_code::lease_held);
  CHECK_FALSE(two->answered(first));
  two->run();
  REQUIRE(two->answered(first));
  CHECK(answer_of(*first).record.on_hand == many + 1);
  pass(100ms, *one, *two);
  CHECK(two->ask(keyed(0)).replayed);
  CHECK(two->ask(keyed(many + 1)).ok());
}
