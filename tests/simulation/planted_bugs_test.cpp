// The simulator finds what it is for, and says it in few words.
#include <doctest/doctest.h>

#include <map>

#include "src/cli/simulation/shrink.hpp"
#include "tests/simulation/planted_bugs.hpp"

using namespace holdfast::simulation;
using namespace holdfast::test;

namespace {

constexpr std::uint64_t seeds_max = 300;
/// A story that people can follow.
constexpr std::size_t steps_max = 100;

/// Blamed for what `bug` does, before anything that comes of it.
bool is_of(const holdfast::checker::violation& fault, const planted_bug& bug) {
  return bug.items.contains(fault.item)
         && fault.text.find(bug.words) != std::string::npos;
}

bool is_found(const verdict& told, const planted_bug& bug) {
  return !told.broken.empty() && is_of(told.broken.front(), bug);
}

/// The first story from that of `seed` on that meets `bug`, or nothing.
std::optional<story> hunt(const planted_bug& bug, cast who,
                          std::uint64_t seed) {
  std::map<int, std::string> others;
  for (; seed <= seeds_max; ++seed) {
    auto plot = make_story(seed, 0, who);
    if (const auto told = play(plot, bug.with); is_found(told, bug))
      return plot;
    else if (!told.broken.empty())
      others.emplace(told.broken.front().item, "seed " + std::to_string(seed)
                                                   + ": "
                                                   + told.broken.front().text);
  }
  for (const auto& [item, example] : others)
    MESSAGE(bug.name << " was taken for item " << item << ", " << example);
  return std::nullopt;
}

/// Finds it, and tells it in few words.
void expose(const planted_bug& bug, cast who) {
  REQUIRE_MESSAGE((!bug.items.contains(0) || !bug.words.empty()), bug.name);
  auto found = hunt(bug, who, 1);
  REQUIRE_MESSAGE(found, bug.name);
  const auto is_it = [&](const auto& fault) {
    return is_of(fault, bug);
  };
  auto after = shrink(*found, bug.with, 400, is_it);
  // What takes many steps in one story may take few in the next.
  for (int more = 2; more > 0 && after.plot.steps.size() > steps_max; --more) {
    found = hunt(bug, who, found->seed + 1);
    REQUIRE_MESSAGE(found, bug.name);
    after = shrink(*found, bug.with, 400, is_it);
  }
  CHECK_MESSAGE(after.plot.steps.size() <= steps_max, bug.name);
  // What is left is no accident: the same again, ten times of ten.
  for (int i = 0; i < 10; ++i) {
    const auto again = play(after.plot, bug.with);
    REQUIRE_MESSAGE(is_found(again, bug), bug.name);
    CHECK_MESSAGE(again.trace == after.found.trace, bug.name);
  }
  const auto& first = after.found.broken.front();
  MESSAGE(bug.name << ": seed " << found->seed << ", item " << first.item
                   << " (" << first.text << "), " << found->steps.size()
                   << " steps shrink to " << after.plot.steps.size() << " in "
                   << after.plays << " plays");
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
