// What the charts over time of the page of a load share.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "src/cli/load/chart.hpp"
#include "src/cli/load/figures.hpp"

namespace holdfast::cli {

/// So many neighbours together that a chart has a few hundred points.
std::vector<load_second> thinned(const std::vector<load_second>& of);

/// Seconds or, of long runs, minutes.
chart_axis time_axis(const std::vector<load_second>& of);

/// Without points where `value` is not a number.
chart_line over_time(const std::vector<load_second>& of,
                     const std::string& name, const std::string& style,
                     const std::function<double(const load_second&)>& value);

} // namespace holdfast::cli
