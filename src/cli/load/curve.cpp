#include "src/cli/load/curve.hpp"

#include <sstream>

#include "src/cli/load/load_run.hpp"

namespace holdfast::cli {

namespace {

curve_point measure(config::load_order order, std::uint64_t seed) {
  order.no_check = true;
  order.history.clear();
  order.workload = "uniform";
  const auto on = make_in_process_target(order.data_dir);
  std::ostringstream unheard;
  const auto figures = load_run{order, *on, seed, unheard}.run();
  const auto& all = figures.whole;
  const auto ms = [&](double share) {
    return static_cast<double>(all.counts.latency.percentile(share)) / 1e6;
  };
  return {order.skus, order.clients, all.per_second(all.counts.answers()),
          ms(0.5), ms(0.99)};
}

} // namespace

std::vector<curve_point> measure_curve(const config::load_order& order,
                                       std::uint64_t seed,
                                       std::ostream& progress) {
  std::vector<curve_point> curve;
  const auto add = [&](std::uint32_t skus, std::uint32_t clients) {
    auto with = order;
    with.data_dir.clear();
    with.skus = skus;
    with.clients = clients;
    curve.push_back(measure(with, seed));
    progress << grouped(skus) << " SKUs, " << grouped(clients) << " clients: "
             << grouped(static_cast<std::uint64_t>(curve.back().per_second))
             << "/s" << std::endl;
  };
  for (std::uint32_t skus = 1; skus <= 1'000'000; skus *= 10)
    add(skus, order.clients);
  for (std::uint32_t clients = 1; clients <= 10'000; clients *= 10)
    add(order.skus, clients);
  return curve;
}

} // namespace holdfast::cli
