// Runs of load that are told to end before their time.
#include <doctest/doctest.h>

#include <atomic>
#include <sstream>

#include "src/cli/load/load_run.hpp"
#include "tests/load/small_target.hpp"
#include "tests/support/seed.hpp"

using namespace holdfast;
using namespace holdfast::cli;
using namespace holdfast::test;

namespace {

config::load_order long_order(const std::string& workload) {
  config::load_order made;
  made.workload = workload;
  made.clients = 8;
  made.skus = 20;
  made.warm_up = 0;
  // Memory answers so fast that this bounds the run.
  made.rate = 5'000;
  return made;
}

/// Tells the end of a run once that tells of its first second.
class first_line : public std::stringbuf {
public:
  std::atomic<bool> is_there{false};

protected:
  int sync() override {
    is_there = true;
    return 0;
  }
};

} // namespace

TEST_CASE("a run that is told to end is settled and checked") {
  auto order = long_order("uniform");
  order.seconds = 600;
  small_target on{lie::answers_lost};
  first_line end;
  std::ostream progress{&end};
  const auto figures =
      load_run{order, on, seeded_engine()(), progress, nullptr, &end.is_there}
          .run();
  CHECK(figures.cut_short == "it was told to");
  CHECK(figures.whole.span_s < 60);
  CHECK(figures.verdict.value().events > 100);
  CHECK_MESSAGE(figures.ok(), checker::describe(figures.verdict->found));
}

TEST_CASE("a run that is told to end before it begins asks nothing") {
  auto order = long_order("mixed");
  order.warm_up = 600;
  small_target on{lie::none};
  const std::atomic<bool> end{true};
  std::ostringstream progress;
  const auto figures =
      load_run{order, on, seeded_engine()(), progress, nullptr, &end}.run();
  CHECK(figures.cut_short == "it was told to");
  CHECK(figures.verdict.value().calls == 0);
  CHECK(figures.ok());
  CHECK(to_page(figures, {}).find("nan") == std::string::npos);
}
