#include "src/cli/load/curve.hpp"

#include <sstream>

#include "src/cli/load/load_run.hpp"

namespace holdfast::cli {

namespace {

load_figures measure(config::load_order order, std::uint64_t seed,
                     const std::atomic<bool>& end) {
  order.data_dir.clear();
  order.workload = "uniform";
  const auto on = make_in_process_target(order.data_dir);
  std::ostringstream unheard;
  return load_run{order, *on, seed, unheard, nullptr, &end}.run();
}

curve_point point_of(const load_figures& of) {
  const auto& all = of.whole;
  const auto ms = [&](double share) {
    return static_cast<double>(all.counts.latency.percentile(share)) / 1e6;
  };
  return {of.order.skus, of.order.clients, all.per_second(all.counts.answers()),
          ms(0.5), ms(0.99)};
}

void complain(const load_figures& of, const std::string& where,
              cost_curve& into) {
  for (const auto& each : of.complaints)
    into.complaints.push_back(where + ": " + each);
  if (of.verdict && !of.verdict->found.empty())
    into.complaints.push_back(where + ": " + grouped(of.verdict->found.size())
                              + " faults, first item "
                              + std::to_string(of.verdict->found.front().item)
                              + ", " + of.verdict->found.front().text);
}

} // namespace

cost_curve measure_curve(const config::load_order& order, std::uint64_t seed,
                         std::ostream& progress, const std::atomic<bool>& end) {
  cost_curve curve;
  const auto add = [&](std::uint32_t skus, std::uint32_t clients) {
    if (end)
      return;
    auto with = order;
    with.skus = skus;
    with.clients = clients;
    const auto figures = measure(with, seed, end);
    const auto where =
        grouped(skus) + " SKUs, " + grouped(clients) + " clients";
    complain(figures, where, curve);
    // Less than a run is no point.
    if (end)
      return;
    curve.points.push_back(point_of(figures));
    progress << where << ": "
             << grouped(
                    static_cast<std::uint64_t>(curve.points.back().per_second))
             << "/s" << std::endl;
  };
  for (std::uint32_t skus = 1; skus <= 1'000'000; skus *= 10)
    add(skus, order.clients);
  for (std::uint32_t clients = 1; clients <= 10'000; clients *= 10)
    add(order.skus, clients);
  return curve;
}

} // namespace holdfast::cli
