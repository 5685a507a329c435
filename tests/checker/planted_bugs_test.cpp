// The checker is proven: it finds every planted bug, and nothing else.
#include <doctest/doctest.h>

#include <map>
#include <set>

#include "tests/checker/faulty_node.hpp"
#include "tests/support/seed.hpp"

using namespace holdfast;
using namespace holdfast::test;

namespace {

constexpr int steps = 1'500;
constexpr int runs = 40;

/// One of these must be broken, whatever else is.
const std::map<bug, std::set<int>> expected{
    {bug::ack_before_sync, {1}},
    {bug::dirty_read, {5, 6}},
    {bug::double_apply, {3}},
    {bug::key_forgotten, {3}},
    {bug::answer_rewritten, {3}},
    {bug::stale_read, {6}},
    {bug::lost_update, {5, 7}},
    {bug::oversell, {5}},
    {bug::ignored_epoch, {8}},
    {bug::unheard_grant, {8}},
    {bug::snapshot_off_by_one, {5, 7}},
    {bug::torn_tail, {5, 7}},
    {bug::hole_skipped, {4}},
    {bug::lying_disk, {1}},
    {bug::copied_twice, {3, 7}},
    {bug::refusal_applied, {2, 3}},
    {bug::refusal_redone, {3}},
    {bug::early_expiry, {5}},
    {bug::late_expiry, {5}},
    {bug::expiry_forgotten, {5}},
    {bug::clock_ahead, {5}},
    {bug::clock_behind, {5}},
    {bug::numbered_late, {4}},
    {bug::swapped_answers, {1, 5}},
    {bug::counts_twice, {7}},
};

std::set<int> items_of(const std::vector<checker::violation>& found) {
  std::set<int> items;
  for (const auto& each : found)
    items.insert(each.item);
  return items;
}

} // namespace

TEST_CASE("a node without a bug has no violation") {
  const auto seed = seeded_engine()();
  for (int i = 0; i < 3 * runs; ++i) {
    CAPTURE(seed + i);
    const auto found = faulty_node{bug::none, seed + static_cast<unsigned>(i)}
                           .run(steps)
                           .violations();
    REQUIRE_MESSAGE(found.empty(), checker::describe(found));
  }
}

TEST_CASE("every planted bug is found, and named") {
  const auto seed = seeded_engine()();
  CAPTURE(seed);
  for (int i = 1; i <= bug_last; ++i) {
    const auto planted = static_cast<bug>(i);
    const std::string name = name_of(planted);
    CAPTURE(name);
    const auto& wanted = expected.at(planted);
    int found = 0;
    for (int run = 0; run < runs; ++run) {
      const auto items =
          items_of(faulty_node{planted, seed + static_cast<unsigned>(run)}
                       .run(steps)
                       .violations());
      for (const auto item : wanted)
        if (items.contains(item)) {
          ++found;
          break;
        }
    }
    MESSAGE(name, ": found in ", found, " of ", runs, " runs");
    CHECK(found > 0);
  }
}
