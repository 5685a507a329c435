// SKUs with so many keys that reading them takes long.
#include <doctest/doctest.h>

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

void run_until_answered(world& on, const operation_ptr& op) {
  while (!on.answered(op))
    on.schedule.run_once();
}

} // namespace

TEST_CASE("who writes elsewhere does not wait for a SKU with many keys") {
  const auto disk = std::make_shared<storage::memory_disk>();
  {
    world before{world::unlimited(), disk};
    write_many(before);
  }
  world node{world::unlimited(), disk};
  const operations asked = {keyed(0), world::make(action::adjust, "B", 1)};
  node.send(asked);
  run_until_answered(node, asked[1]);
  CHECK_FALSE(node.answered(asked[0]));
  node.run();
  REQUIRE(node.answered(asked[0]));
  CHECK(asked[0]->answer.replayed);
  CHECK(asked[0]->answer.record.on_hand == 1);
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
  CHECK(first->answer.record.on_hand == many + 1);
  pass(100ms, *one, *two);
  CHECK(two->ask(keyed(0)).replayed);
  CHECK(two->ask(keyed(many + 1)).ok());
}
