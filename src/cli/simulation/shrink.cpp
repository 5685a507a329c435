#include "src/cli/simulation/shrink.hpp"

#include <algorithm>
#include <utility>

namespace holdfast::simulation {

namespace {

/// Delta debugging by removal (Zeller and Hildebrandt, 2002), from the end: a
/// fault needs what came before it more often than what came after.
class shrinker {
public:
  shrinker(const story& plot, const tampering& with, std::size_t plays_max,
           fault_test is_it)
      : with_(with), plays_max_(plays_max),
        is_it_(std::move(is_it)), best_{plot, play(plot, with), 1} {
    if (!is_it_)
      is_it_ = [item = best_.found.broken.front().item](
                   const checker::violation& each) {
        return each.item == item;
      };
  }

  shrunk_story run() {
    for (auto size = best_.plot.steps.size() / 2; size > 1; size /= 2)
      sweep(size);
    while (sweep(1))
      continue;
    return std::move(best_);
  }

private:
  /// Tries to leave out each run of `size` steps. True if any went.
  bool sweep(std::size_t size) {
    auto shorter = false;
    for (auto end = best_.plot.steps.size(); end > 0;) {
      const auto begin = end - std::min(size, end);
      shorter = try_without(begin, end) || shorter;
      end = begin;
    }
    return shorter;
  }

  bool try_without(std::size_t begin, std::size_t end) {
    if (best_.plays == plays_max_)
      return false;
    ++best_.plays;
    auto plot = best_.plot;
    const auto at = [&](std::size_t index) {
      return plot.steps.begin() + static_cast<std::ptrdiff_t>(index);
    };
    plot.steps.erase(at(begin), at(end));
    auto found = play(plot, with_);
    if (found.broken.empty() || !is_it_(found.broken.front()))
      return false;
    best_.plot = std::move(plot);
    best_.found = std::move(found);
    return true;
  }

  const tampering& with_;
  std::size_t plays_max_;
  fault_test is_it_;
  shrunk_story best_;
};

} // namespace

shrunk_story shrink(const story& plot, const tampering& with,
                    std::size_t plays_max, fault_test is_it) {
  return shrinker{plot, with, plays_max, std::move(is_it)}.run();
}

} // namespace holdfast::simulation
