// What a node tells of itself, and what a load makes of it.
#include <doctest/doctest.h>

#include <sstream>

#include <nlohmann/json.hpp>

#include "src/cli/load/load_run.hpp"
#include "src/cli/load/page_charts.hpp"
#include "tests/load/small_target.hpp"
#include "tests/support/seed.hpp"

using namespace holdfast;
using namespace holdfast::cli;
using namespace holdfast::test;

namespace {

/// Of a node that wrote `single` operations alone, and `pairs`.
std::string page_of(std::uint64_t single, std::uint64_t pairs,
                    const std::string& began) {
  const std::string name = "\nholdfast_journal_batch_operations";
  auto page = "# TYPE process_start_time_seconds gauge"
              "\nprocess_start_time_seconds "
              + began + name + "_bucket{le=\"1\"} " + std::to_string(single);
  const auto all = std::to_string(single + pairs);
  for (std::size_t i = 1; i < batch_bounds.size(); ++i)
    page +=
        name + "_bucket{le=\"" + std::to_string(batch_bounds[i]) + "\"} " + all;
  return page + name + "_bucket{le=\"+Inf\"} " + all + name + "_sum "
         + std::to_string(single + 2 * pairs) + '\n';
}

batch_counts told(std::uint64_t single, std::uint64_t pairs,
                  const std::string& began) {
  return batches_in(page_of(single, pairs, began)).value();
}

/// The dots of a chart.
std::size_t dots_in(const std::string& chart) {
  std::size_t count = 0;
  for (auto at = chart.find("<circle"); at != std::string::npos;
       at = chart.find("<circle", at + 1))
    ++count;
  return count;
}

} // namespace

TEST_CASE("batches are read with the life of the process that counts them") {
  const auto read = told(7, 3, "1795910430.391939");
  CHECK(read.began_s == 1795910430.391939);
  CHECK(read.sizes.counts.size() == batch_bounds.size() + 1);
  CHECK(read.sizes.counts[0] == 7);
  CHECK(read.sizes.counts[1] == 3);
  CHECK(read.sizes.count() == 10);
  CHECK(read.sizes.sum == 13);
  for (const std::string page : {"", "\nprocess_start_time_seconds 5\n"})
    CHECK_FALSE(batches_in(page));
}

TEST_CASE("counts go on in one process, and begin anew in another") {
  const auto before = told(7, 3, "1795910430.391939");
  CHECK(goes_on(before, before));
  CHECK(goes_on(before, told(7, 4, "1795910430.391939")));
  // It has done more by now.
  CHECK_FALSE(goes_on(before, told(70, 30, "1795910430.391940")));
  CHECK_FALSE(goes_on(before, told(6, 30, "1795910430.391939")));
}

TEST_CASE("of a node that restarts the batches are those since then") {
  config::load_order order;
  order.clients = 4;
  order.skus = 10;
  order.seconds = 1;
  order.warm_up = 0;
  order.rate = 1'000;
  small_target on{lie::restarted};
  std::ostringstream progress;
  const auto figures = load_run{order, on, seeded_engine()(), progress}.run();
  CHECK(figures.ok());
  CHECK(figures.batches.value().count() == 60);
  CHECK(figures.batches->sum == 90);
  const auto all = nlohmann::json::parse(to_json(figures, {}));
  CHECK(all["journalBatches"]["batches"] == 60);
  CHECK(all["journalBatches"]["operations"] == 90);
  CHECK(all["journalBatches"]["sinceRestart"] == true);
  CHECK(summary(figures).find("in a batch 1.5, since the node restarted\n")
        != std::string::npos);
  CHECK(to_page(figures, {}).find("in a batch, since the node restarted<")
        != std::string::npos);
}

TEST_CASE("memory is told of the seconds that a node told it in") {
  load_figures figures;
  for (const auto mib : {0, 64, 0, 128, 0}) {
    load_second one;
    one.at_s = static_cast<double>(figures.seconds.size() + 1);
    one.span_s = 1;
    one.resident_bytes = static_cast<std::uint64_t>(mib) << 20;
    figures.seconds.push_back(one);
  }
  CHECK(summary(figures).find("64 MiB at first, 128 MiB at last")
        != std::string::npos);
  CHECK(dots_in(memory_chart(figures.seconds)) == 2);
  for (auto& each : figures.seconds)
    each.resident_bytes = 0;
  CHECK(summary(figures).find("memory of the node") == std::string::npos);
  CHECK(memory_chart(figures.seconds).empty());
}
