// The same load twice, and what a run leaves behind.
#include <doctest/doctest.h>

#include <sstream>

#include "src/cli/load/load_run.hpp"
#include "src/history/history.hpp"
#include "tests/load/small_target.hpp"
#include "tests/support/seed.hpp"

using namespace holdfast;
using namespace holdfast::cli;
using namespace holdfast::test;

namespace {

config::load_order repeatable_order(const std::string& workload) {
  config::load_order order;
  order.workload = workload;
  order.clients = 4;
  order.skus = 10;
  order.seconds = 1;
  order.warm_up = 0;
  order.rate = 1'000;
  return order;
}

} // namespace

TEST_CASE("a run can be repeated with its seed on the same target") {
  const auto order = repeatable_order("mixed");
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

TEST_CASE("keys that are forgotten sooner may be done twice") {
  for (const std::int64_t ttl_ms : {1, 300'000}) {
    CAPTURE(ttl_ms);
    auto order = repeatable_order("uniform");
    order.idemp_ttl_ms = ttl_ms;
    small_target on{lie::forgetful};
    std::ostringstream progress;
    std::stringstream file;
    const auto figures =
        load_run{order, on, seeded_engine()(), progress, &file}.run();
    CHECK(figures.ok() == (ttl_ms == 1));
    history::told told;
    history::read_history(file, "it", told);
    CHECK(told.with.key_ttl_ms == ttl_ms);
  }
}
