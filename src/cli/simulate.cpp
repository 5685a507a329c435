#include <chrono>
#include <iomanip>
#include <iostream>

#include "src/cli/commands.hpp"
#include "src/cli/output_file.hpp"
#include "src/cli/simulation/shrink.hpp"

namespace holdfast::cli {

namespace {

using namespace simulation;
using steady = std::chrono::steady_clock;

/// Of all that was played.
struct tally {
  std::uint64_t seeds = 0;
  std::uint64_t calls = 0;
  std::uint64_t events = 0;
  std::uint64_t rounds = 0;
  std::uint64_t starts = 0;
  std::uint64_t power_cuts = 0;
  std::uint64_t crashes = 0;
  std::int64_t simulated_ms = 0;

  void add(const verdict& of) {
    ++seeds;
    calls += of.calls;
    events += of.events;
    rounds += of.rounds;
    starts += of.starts;
    power_cuts += of.power_cuts;
    crashes += of.crashes;
    simulated_ms += of.simulated_ms;
  }
};

void print(const tally& all, steady::duration took) {
  const auto seconds = std::chrono::duration<double>(took).count();
  const auto simulated = static_cast<double>(all.simulated_ms) / 1'000;
  std::cout << all.seeds << (all.seeds == 1 ? " seed: " : " seeds: ")
            << all.calls << " calls, " << all.events << " events, "
            << all.rounds << " rounds, " << all.starts << " starts after "
            << all.power_cuts << " power cuts and " << all.crashes
            << " crashes\n"
            << std::fixed << std::setprecision(1) << seconds
            << " s: " << static_cast<double>(all.seeds) / seconds
            << " seeds/s, " << simulated / seconds << " simulated s/s\n";
}

void print_failure(const story& plot) {
  std::cout << "seed " << plot.seed << " breaks a promise; looking for the "
            << "shortest story of " << plot.steps.size() << " steps\n"
            << std::flush;
  const auto found = shrink(plot, {});
  for (const auto& lines : found.found.told)
    std::cout << lines;
  std::cout << found.found.told.size() << " steps are left of "
            << plot.steps.size() << " after " << found.plays << " plays\nseed "
            << plot.seed << ", first broken: "
            << checker::describe({found.found.broken.front()});
}

} // namespace

int simulate(const config::simulation_request& request,
             const config::seed_range& seeds) {
  output_file trace{"--trace", request.trace};
  tally all;
  auto is_clean = true;
  const auto begin = steady::now();
  for (auto seed = seeds.first; is_clean; ++seed) {
    const auto plot = make_story(static_cast<std::uint64_t>(seed),
                                 static_cast<std::size_t>(request.ops));
    const auto found = play(plot);
    all.add(found);
    if (!request.trace.empty())
      trace << "seed " << seed << '\n' << found.trace;
    is_clean = found.broken.empty();
    if (!is_clean)
      print_failure(plot);
    if (seed == seeds.last)
      break;
  }
  print(all, steady::now() - begin);
  if (!request.trace.empty() && !trace.flush()) {
    std::cerr << "holdfast: cannot write " << request.trace << '\n';
    return exit_failure;
  }
  return is_clean ? exit_ok : exit_failure;
}

} // namespace holdfast::cli
