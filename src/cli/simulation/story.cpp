#include "src/cli/simulation/story.hpp"

#include <numeric>

namespace holdfast::simulation {

namespace {

/// Percent of the worlds that are clusters.
constexpr std::uint64_t clusters = 25;
/// Percent of the worlds whose bulkheads refuse much of what comes.
constexpr std::uint64_t narrow_ones = 15;
/// Each makes a chance of its own out of a seed.
constexpr std::uint64_t salt_of_width = 0x6e6172726f77;
constexpr std::uint64_t salt_of_loss = 0x6d6f75726e;

deed pick(dice& chance, const plan& from) {
  auto die = chance.below(
      std::accumulate(from.weight, from.weight + deeds, std::uint64_t{0}));
  std::size_t at = 0;
  while (die >= from.weight[at])
    die -= from.weight[at++];
  return static_cast<deed>(at);
}

} // namespace

story make_story(std::uint64_t seed, std::size_t ops, cast who) {
  dice chance{seed};
  story made;
  made.seed = seed;
  made.world = plan_of(chance);
  // Not from the chance of the rest: a world that is none stays what it is.
  dice more{~seed};
  const auto is_cluster = more.chance(clusters);
  if (who == cast::cluster || (who == cast::any && is_cluster))
    spread(more, made.world);
  // Nor from that: no other world is another for it.
  if (dice width{seed ^ salt_of_width}; width.chance(narrow_ones))
    narrow(width, made.world);
  if (dice loss{seed ^ salt_of_loss}; made.world.nodes.size() > 1)
    mourn(loss, made.world);
  if (ops == 0)
    ops = made.world.ops;
  for (std::size_t asked = 0; asked < ops;) {
    step next;
    next.number = static_cast<std::uint32_t>(made.steps.size() + 1);
    next.what = pick(chance, made.world);
    next.runs =
        static_cast<std::uint32_t>(chance.below(made.world.runs_max + 1));
    next.roll = chance.next();
    asked += next.what == deed::ask ? 1 : 0;
    made.steps.push_back(next);
  }
  return made;
}

} // namespace holdfast::simulation
