// A whole run of load, against a small target.
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "src/cli/load/load_run.hpp"
#include "tests/load/short_order.hpp"
#include "tests/load/small_target.hpp"
#include "tests/storage/temp_dir.hpp"
#include "tests/support/seed.hpp"

using namespace holdfast;
using namespace holdfast::cli;
using namespace holdfast::test;

namespace {

load_figures run(const config::load_order& order, lie with) {
  small_target on{with};
  std::ostringstream progress;
  return load_run{order, on, seeded_engine()(), progress}.run();
}

} // namespace

TEST_CASE("an honest target is clean under every load") {
  for (const auto* workload : {"uniform", "zipf", "hot", "mixed"}) {
    CAPTURE(std::string{workload});
    const auto figures = run(short_order(workload), lie::none);
    CHECK_MESSAGE(figures.ok(),
                  checker::describe(figures.verdict.value().found));
    CHECK(figures.whole.counts.answers() > 1'000);
    CHECK(figures.verdict->events > 1'000);
    CHECK(figures.verdict->watched_skus == figures.verdict->skus);
  }
}

TEST_CASE("units of a flash sale are granted once each") {
  auto order = short_order("flash-sale");
  order.units = 300;
  const auto figures = run(order, lie::none);
  CHECK(figures.ok());
  const auto sold_out =
      static_cast<std::size_t>(error_code::insufficient_stock);
  CHECK(figures.whole.counts.granted == 300);
  CHECK(figures.order.skus == 1);
  CHECK(figures.whole.counts.refused[sold_out] > 0);
}

TEST_CASE("what was due and never asked counts with the time it waited") {
  auto order = short_order("uniform");
  order.clients = 1;
  const auto figures = run(order, lie::slow);
  const auto& counts = figures.whole.counts;
  CHECK(counts.missed > 2'000);
  CHECK(counts.answers() < 500);
  CHECK(counts.latency.percentile(0.5) > 100'000'000);
  CHECK(figures.ok());
}

TEST_CASE("what stands still until after the end counts with its time") {
  auto order = short_order("uniform");
  order.seconds = 1;
  for (const std::uint32_t rate : {0, 5'000}) {
    CAPTURE(rate);
    order.rate = rate;
    const auto figures = run(order, lie::still);
    const auto& counts = figures.whole.counts;
    CHECK(counts.late == order.clients);
    CHECK(counts.answers() == 0);
    CHECK(counts.latency.total() == counts.late + counts.missed);
    CHECK(counts.latency.percentile(1) > 1'000'000'000);
    CHECK((counts.missed > 0) == (rate > 0));
    CHECK(figures.ok());
  }
}

TEST_CASE("a target that takes long to tell of itself is no faster for it") {
  auto order = short_order("uniform");
  order.rate = 1'000;
  const auto whole = run(order, lie::slow_batches).whole;
  CHECK(whole.counts.answers() > 0);
  CHECK(whole.per_second(whole.counts.answers()) < 1.4 * order.rate);
}

TEST_CASE("a run that is over before anybody looked has true figures") {
  const storage::testing::temp_dir directory;
  auto order = short_order("orders");
  order.file = directory / "orders.csv";
  std::ofstream{order.file} << "StockCode,Quantity\nA,3\nB,2\nA,1\n";
  order.rate = 0;
  const auto figures = run(order, lie::slow_batches);
  CHECK(figures.whole.counts.answers() == 6);
  CHECK(figures.whole.counts.late == 0);
  CHECK(figures.whole.span_s > 0);
  CHECK(figures.seconds.size() == 1);
  CHECK(figures.ok());
}

TEST_CASE("outcomes that nobody told are settled with their keys") {
  const auto figures = run(short_order("uniform"), lie::answers_lost);
  CHECK(figures.whole.counts.unknown > 10);
  CHECK_MESSAGE(figures.ok(), checker::describe(figures.verdict->found));
}

TEST_CASE("who is turned away is counted, and comes again where it must") {
  const auto figures = run(short_order("mixed"), lie::busy);
  const auto& counts = figures.whole.counts;
  for (const auto code : {error_code::overloaded, error_code::read_only})
    CHECK(counts.refused[static_cast<std::size_t>(code)] > 50);
  CHECK(counts.unknown == 0);
  CHECK_MESSAGE(figures.ok(), checker::describe(figures.verdict->found));
}

TEST_CASE("who finds nobody is counted, and comes again where it must") {
  const auto figures = run(short_order("mixed"), lie::away);
  const auto& counts = figures.whole.counts;
  CHECK(counts.unreached > 100);
  CHECK(counts.unknown == 0);
  CHECK(counts.refused[static_cast<std::size_t>(error_code::store_unavailable)]
        == 0);
  // They have no latency.
  CHECK(counts.latency.total()
        < counts.answers() + counts.missed + counts.unreached / 2);
  CHECK(refusals_text(counts).find("connect_refused") != std::string::npos);
  CHECK_MESSAGE(figures.ok(), checker::describe(figures.verdict->found));
}

TEST_CASE("a full record watches fewer SKUs, each of them completely") {
  auto order = short_order("uniform");
  order.skus = 200;
  order.rate = 0;
  order.record_max = 2'000;
  const auto figures = run(order, lie::none);
  CHECK(figures.ok());
  CHECK(figures.verdict->watched_skus < figures.verdict->skus);
  CHECK(figures.verdict->skus == 200);
}

TEST_CASE("a run with one SKU ends when its record is full") {
  auto order = short_order("hot");
  order.rate = 0;
  order.seconds = 60;
  order.record_max = 2'000;
  const auto figures = run(order, lie::none);
  CHECK(figures.cut_short.find("--record-max") != std::string::npos);
  CHECK(figures.whole.span_s < 30);
  CHECK(figures.ok());
}
