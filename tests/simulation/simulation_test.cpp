// Worlds of actors, each made by its seed. SIM_SEEDS sets how many, SIM_SEED
// the first.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>

#include "src/cli/simulation/enactment.hpp"
#include "tests/storage/temp_dir.hpp"
#include "tests/support/figures.hpp"
#include "tests/support/process.hpp"

using namespace holdfast;
using namespace holdfast::simulation;

namespace {

constexpr std::chrono::minutes patience{4};

std::uint64_t number(const char* name, std::uint64_t otherwise) {
  const auto* given = std::getenv(name);
  return given != nullptr ? std::strtoull(given, nullptr, 10) : otherwise;
}

/// What `holdfast simulate` with `arguments` says, and how it ends.
struct run_result {
  int code = -1;
  std::string out;
  std::string err;
};

run_result simulate(const std::string& directory,
                    const std::vector<std::string>& arguments) {
  test::process_plan plan;
  plan.command = {HOLDFAST_PROGRAM, "simulate"};
  plan.command.insert(plan.command.end(), arguments.begin(), arguments.end());
  plan.out_path = directory + "/out";
  plan.err_path = directory + "/err";
  const auto end = test::run(plan, patience);
  return {end && !end->by_signal ? end->code : -1,
          test::read_text(plan.out_path), test::read_text(plan.err_path)};
}

} // namespace

TEST_CASE("no seed makes the actors break a promise") {
  const auto first = number("SIM_SEED", 1);
  const auto count = number("SIM_SEEDS", 2'000);
  REQUIRE(count > 0);
  std::uint64_t calls = 0;
  std::uint64_t events = 0;
  std::uint64_t rounds = 0;
  std::uint64_t letters = 0;
  std::uint64_t crowded_out = 0;
  std::uint64_t overloaded = 0;
  std::uint64_t lost = 0;
  std::uint64_t made_anew = 0;
  std::uint64_t power_cuts = 0;
  std::uint64_t clusters = 0;
  for (auto seed = first; seed < first + count; ++seed) {
    const auto plot = make_story(seed);
    const auto found = play(plot);
    clusters += plot.world.nodes.size() > 1 ? 1 : 0;
    calls += found.calls;
    events += found.events;
    rounds += found.rounds;
    letters += found.letters;
    crowded_out += found.crowded_out;
    overloaded += found.overloaded;
    lost += found.lost;
    made_anew += found.made_anew;
    power_cuts += found.power_cuts;
    REQUIRE_MESSAGE(found.broken.empty(), "holdfast simulate --seed ", seed,
                    "\n", checker::describe(found.broken));
  }
  test::tell("deterministic simulation", count,
             {{"clusters", clusters},
              {"calls", calls},
              {"events", events},
              {"rounds", rounds},
              {"letters", letters},
              {"crowded out", crowded_out},
              {"overloaded", overloaded},
              {"lost for good", lost},
              {"stores made anew", made_anew},
              {"power cuts", power_cuts}});
  if (count >= 100) {
    CHECK(clusters > count / 20);
    CHECK(calls > 50 * count);
    CHECK(events > 10 * count);
    CHECK(rounds > count);
    CHECK(power_cuts > count / 2);
    CHECK(letters > count / 20);
    CHECK(crowded_out > count / 20);
  }
  // Only few clusters are narrow, or lose a node.
  if (count >= 1'000) {
    CHECK(overloaded > 0);
    CHECK(lost > 0);
    CHECK(made_anew > 0);
  }
}

TEST_CASE("what passes while a node is down passes for its callers, too") {
  int judged = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    auto plot = make_story(seed, 1, cast::alone);
    plot.steps = {{1, deed::restart, 0, seed}};
    const auto found = play(plot);
    REQUIRE_MESSAGE(found.broken.empty(), checker::describe(found.broken));
    judged += found.is_real_time ? 1 : 0;
  }
  // One of four restarts sets the clock back, and a seed has one or more.
  CHECK(judged > 40);
  CHECK(judged < 100);
}

TEST_CASE("the same seed tells the same story in every process") {
  const storage::testing::temp_dir place;
  const std::string dir = place.path();
  for (const auto* name : {"one", "two"}) {
    const auto end = simulate(
        dir, {"--seeds", "1..40", "--trace", dir + "/" + std::string{name}});
    REQUIRE_MESSAGE(end.code == 0, end.out, end.err);
  }
  const auto one = test::read_text(dir + "/one");
  CHECK(one.size() > 100'000);
  CHECK(one == test::read_text(dir + "/two"));
  // A seed is the same whether others were played before it or not.
  REQUIRE(simulate(dir, {"--seed", "40", "--trace", dir + "/last"}).code == 0);
  const auto last = test::read_text(dir + "/last");
  CHECK(!last.empty());
  CHECK(one.ends_with(last));
}

TEST_CASE("a simulation reports how far and how fast it went") {
  const storage::testing::temp_dir place;
  const auto end = simulate(place.path(), {"--seeds", "1..3", "--ops", "40"});
  CHECK(end.code == 0);
  CHECK(end.out.starts_with("3 seeds: "));
  CHECK(end.out.find(" power cuts") != std::string::npos);
  CHECK(end.out.find(" seeds/s, ") != std::string::npos);
  CHECK(end.out.find(" simulated s/s\n") != std::string::npos);
  const auto story = make_story(1, 40);
  CHECK(std::count_if(story.steps.begin(), story.steps.end(),
                      [](auto& step) { return step.what == deed::ask; })
        == 40);
}

TEST_CASE("a trace that cannot be written is a wrong option") {
  const storage::testing::temp_dir place;
  const auto end = simulate(
      place.path(), {"--ops", "5", "--trace", place.path() + "/no/such"});
  CHECK(end.code == 2);
  CHECK(end.err.find("cannot write") != std::string::npos);
}

TEST_CASE("a trace that could not be written to its end is a failure") {
  const storage::testing::temp_dir place;
  const auto end =
      simulate(place.path(), {"--ops", "5", "--trace", "/dev/full"});
  CHECK(end.code == 1);
  CHECK(end.err.find("cannot write /dev/full") != std::string::npos);
}
