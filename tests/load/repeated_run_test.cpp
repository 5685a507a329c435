// The same load twice, and what a run leaves behind.
#include <doctest/doctest.h>

#include <sstream>

#include "src/cli/load/load_run.hpp"
#include "tests/load/small_target.hpp"
#include "tests/support/seed.hpp"

using namespace holdfast;
using namespace holdfast::cli;
using namespace holdfast::test;

TEST_CASE("a run can be repeated with its seed on the same target") {
  config::load_order order;
  order.workload = "mixed";
  order.clients = 4;
  order.skus = 10;
  order.seconds = 1;
  order.warm_up = 0;
  order.rate = 1'000;
  small_target on{lie::none};
  const auto seed = seeded_engine()();
  std::ostringstream progress;
  const auto first = load_run{order, on, seed, progress}.run();
  const auto second = load_run{order, on, seed, progress}.run();
  CHECK(first.seed == second.seed);
  CHECK(first.tag != second.tag);
  for (const auto& figures : {first, second})
    CHECK_MESSAGE(figures.ok(),
                  checker::describe(figures.verdict.value().found));
}
