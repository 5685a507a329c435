// The simulator finds what it is for, and says it in few words.
#include <doctest/doctest.h>

#include "src/cli/simulation/shrink.hpp"
#include "tests/simulation/planted_bugs.hpp"

using namespace holdfast::simulation;
using namespace holdfast::test;

namespace {

constexpr std::uint64_t seeds_max = 300;

/// The first story that meets `bug`, or nothing.
std::optional<story> hunt(const planted_bug& bug, cast who) {
  for (std::uint64_t seed = 1; seed <= seeds_max; ++seed) {
    auto plot = make_story(seed, 0, who);
    if (!play(plot, bug.with).broken.empty())
      return plot;
  }
  return std::nullopt;
}

/// Finds it, and tells it in few words.
void expose(const planted_bug& bug, cast who) {
  const auto found = hunt(bug, who);
  REQUIRE_MESSAGE(found, bug.name);
  const auto before = play(*found, bug.with);
  const auto after = shrink(*found, bug.with, 400);
  MESSAGE(bug.name << ": seed " << found->seed << ", item "
                   << before.broken.front().item << " ("
                   << before.broken.front().text << "), " << found->steps.size()
                   << " steps shrink to " << after.plot.steps.size() << " in "
                   << after.plays << " plays");
  CHECK_MESSAGE(after.plot.steps.size() <= 100, bug.name);
  REQUIRE_MESSAGE(!after.found.broken.empty(), bug.name);
  CHECK(after.found.broken.front().item == before.broken.front().item);
  // What is left is no accident: the same again, ten times of ten.
  for (int i = 0; i < 10; ++i) {
    const auto again = play(after.plot, bug.with);
    CHECK_MESSAGE(again.trace == after.found.trace, bug.name);
  }
}

} // namespace

TEST_CASE("every planted bug is found, and shrinks to a short story") {
  const auto bugs = planted_bugs();
  CHECK(bugs.size() >= 12);
  for (const auto& bug : bugs)
    expose(bug, cast::alone);
}

TEST_CASE("every bug planted in a cluster is found and shrinks, too") {
  for (const auto& bug : planted_cluster_bugs())
    expose(bug, cast::cluster);
}
