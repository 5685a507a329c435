// What SKUs and clients cost.
#pragma once

#include <atomic>
#include <ostream>
#include <string>
#include <vector>

#include "src/cli/load/figures.hpp"

namespace holdfast::cli {

struct cost_curve {
  std::vector<curve_point> points;
  /// What was wrong, and with which point.
  std::vector<std::string> complaints;
};

/// Throughput of the actors in this process by the number of SKUs, 1 to a
/// million, with the clients of `order`, and by the number of clients, 1 to
/// ten thousand, with its SKUs: a run, a fresh journal, for each, checked like
/// any other. Tells `progress` each point. Once `end` is true it has no more.
cost_curve measure_curve(const config::load_order& order, std::uint64_t seed,
                         std::ostream& progress, const std::atomic<bool>& end);

} // namespace holdfast::cli
