#include "src/cli/load/page_time.hpp"

#include <cmath>

namespace holdfast::cli {

namespace {

constexpr std::size_t points_max = 300;
/// Of more points none is marked.
constexpr std::size_t dots_max = 40;
constexpr double minute = 60;
/// From so many seconds on they are told in minutes.
constexpr double long_run_s = 600;

double unit_of(const std::vector<load_second>& of) {
  return of.back().at_s < long_run_s ? 1 : minute;
}

} // namespace

std::vector<load_second> thinned(const std::vector<load_second>& of) {
  const auto together = of.size() / (points_max + 1) + 1;
  std::vector<load_second> made;
  for (std::size_t i = 0; i < of.size(); ++i) {
    if (i % together == 0) {
      made.push_back(of[i]);
      continue;
    }
    auto& into = made.back();
    into.at_s = of[i].at_s;
    into.span_s += of[i].span_s;
    if (of[i].resident_bytes > 0)
      into.resident_bytes = of[i].resident_bytes;
    into.counts += of[i].counts;
  }
  return made;
}

chart_axis time_axis(const std::vector<load_second>& of) {
  const auto unit = unit_of(of);
  return {unit == 1 ? "seconds" : "minutes", false, 0, of.back().at_s / unit};
}

chart_line over_time(const std::vector<load_second>& of,
                     const std::string& name, const std::string& style,
                     const std::function<double(const load_second&)>& value) {
  chart_line made{name, style, {}, of.size() < dots_max};
  for (const auto& each : of)
    if (const auto y = value(each); !std::isnan(y))
      made.points.emplace_back(each.at_s / unit_of(of), y);
  return made;
}

} // namespace holdfast::cli
