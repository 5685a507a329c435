#include "src/telemetry/metric_table.hpp"

#include <doctest/doctest.h>

using namespace holdfast;
using namespace holdfast::telemetry;

namespace {

/// Three metrics over values that a test moves.
struct metric_table_fixture {
  metric_table_fixture() {
    table.add({"made_total",
               "Made.",
               metric_kind::counter,
               {"kind"},
               [this](metric_sink& out) {
                 out.value({"good"}, good);
                 if (bad > 0)
                   out.value({"bad"}, bad);
               }});
    table.add(
        {"held", "Held.", metric_kind::gauge, {}, [this](metric_sink& out) {
           out.value(held);
         }});
    table.add({"took_seconds",
               "Took.",
               metric_kind::histogram,
               {},
               [this](metric_sink& out) { out.spread(took.view()); },
               1e6});
  }

  double value(std::size_t metric, std::size_t sample = 0) const {
    return table.read().at(metric).samples.at(sample).value;
  }
  histogram_view spread() const {
    return table.read().at(2).samples.at(0).spread;
  }

  double good = 0;
  double bad = 0;
  double held = 0;
  histogram<latency_bounds> took;
  metric_table table;
};

} // namespace

TEST_CASE_FIXTURE(metric_table_fixture,
                  "metrics are read when asked, in their order") {
  good = 2;
  held = 7;
  took.record(300);
  const auto all = table.read();
  REQUIRE(all.size() == 3);
  CHECK(all[0].of->name == "made_total");
  CHECK(all[2].of->per_unit == 1e6);
  CHECK(value(0) == 2);
  CHECK(value(1) == 7);
  CHECK(spread().sum == 300);
  good = 3;
  CHECK(value(0) == 3);
}

TEST_CASE_FIXTURE(metric_table_fixture,
                  "a reset starts counters and histograms anew") {
  good = 2;
  held = 7;
  took.record(300);
  table.reset();
  CHECK(value(0) == 0);
  CHECK(value(1) == 7);
  CHECK(spread().count() == 0);
  CHECK(spread().sum == 0);
  good = 5;
  took.record(80);
  CHECK(value(0) == 3);
  CHECK(spread().sum == 80);
  CHECK(spread().counts.at(0) == 1);
}

TEST_CASE_FIXTURE(metric_table_fixture,
                  "a series that begins after a reset is whole") {
  table.reset();
  bad = 4;
  CHECK(value(0, 1) == 4);
}

TEST_CASE_FIXTURE(metric_table_fixture, "a second reset counts from itself") {
  good = 2;
  table.reset();
  good = 5;
  table.reset();
  good = 6;
  CHECK(value(0) == 1);
}
