// What SKUs and clients cost.
#pragma once

#include <ostream>
#include <vector>

#include "src/cli/load/figures.hpp"

namespace holdfast::cli {

/// Throughput of the actors in this process by the number of SKUs, 1 to a
/// million, with the clients of `order`, and by the number of clients, 1 to
/// ten thousand, with its SKUs: a run, a fresh journal, for each. Nothing is
/// checked. Tells `progress` each point.
std::vector<curve_point> measure_curve(const config::load_order& order,
                                       std::uint64_t seed,
                                       std::ostream& progress);

} // namespace holdfast::cli
