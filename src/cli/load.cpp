#include <fstream>
#include <iostream>
#include <random>

#include "src/cli/check_report.hpp"
#include "src/cli/commands.hpp"
#include "src/cli/load/curve.hpp"
#include "src/cli/load/journal_baseline.hpp"
#include "src/cli/load/load_run.hpp"
#include "src/config/config_error.hpp"
#include "src/storage/data_dir_lock.hpp"

namespace holdfast::cli {

namespace {

target_ptr make_target(const config::load_order& order) {
  return order.in_process ? make_in_process_target(order.data_dir)
                          : make_http_target(order.http, order.key);
}

void write_file(const std::string& path, const std::string& text) {
  if (path.empty())
    return;
  std::ofstream to{path, std::ios::trunc};
  if (!(to << text).flush())
    throw load_failure{"cannot write " + path};
}

void print_verdict(const load_verdict& of) {
  if (of.watched_skus < of.skus)
    std::cout << "checked: everything about " << grouped(of.watched_skus)
              << " of " << grouped(of.skus)
              << " SKUs, the sums of all (see --record-max)\n";
  write_check_report(std::cout, {of.calls, of.watched_events, of.watched_skus},
                     of.found);
}

int run(const config::load_order& order) {
  std::random_device fresh;
  const auto seed =
      order.seed != 0 ? static_cast<std::uint64_t>(order.seed) : fresh();
  std::vector<curve_point> curve;
  if (order.curve)
    curve = measure_curve(order, seed, std::cout);
  std::optional<double> baseline;
  if (order.baseline)
    baseline = measure_journal(order.skus, order.seconds);
  auto on = make_target(order);
  auto figures = load_run{order, *on, seed, std::cout}.run();
  figures.baseline = baseline;
  std::cout << summary(figures);
  if (!curve.empty())
    std::cout << curve_table(curve);
  if (figures.verdict)
    print_verdict(*figures.verdict);
  write_file(order.json, to_json(figures, curve));
  write_file(order.report, to_page(figures, curve));
  return figures.ok() ? exit_ok : exit_failure;
}

} // namespace

int load(const config::load_order& order) {
  try {
    return run(order);
  } catch (const storage::data_dir_busy& taken) {
    throw config::config_error{taken.what()};
  }
}

} // namespace holdfast::cli
