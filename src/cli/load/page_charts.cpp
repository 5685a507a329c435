#include "src/cli/load/page_charts.hpp"

#include <algorithm>
#include <limits>

#include "src/cli/load/chart.hpp"
#include "src/cli/load/chart_parts.hpp"
#include "src/cli/load/page_time.hpp"

namespace holdfast::cli {

namespace {

/// From 0 to a little more than the largest value.
chart_axis up_to(const std::string& title, double largest) {
  return {title, false, 0, std::max(largest * 1.08, 1e-3)};
}

std::string cost(const std::vector<curve_point>& of, bool by_skus) {
  chart_line line{"answers per second", "s1", {}, true};
  for (std::size_t i = 0; i < of.size(); ++i) {
    const auto is_sku_point = i < sku_points;
    if (is_sku_point == by_skus)
      line.points.emplace_back(by_skus ? of[i].skus : of[i].clients,
                               of[i].per_second);
  }
  if (line.points.empty())
    return {};
  double most = 0;
  for (const auto& [x, y] : line.points)
    most = std::max(most, y);
  const chart_axis x{by_skus ? "SKUs" : "clients", true, 1,
                     line.points.back().first};
  return line_chart(x, up_to("answers per second", most), {line});
}

} // namespace

std::string place_of_two(double value) {
  return place(value);
}

std::string throughput_chart(const std::vector<load_second>& all) {
  if (all.size() < 2)
    return {};
  const auto of = thinned(all);
  std::vector<chart_line> lines{
      over_time(of, "done", "s1", [](const auto& each) {
        return each.per_second(each.counts.acknowledged);
      })};
  auto refused = over_time(of, "refused", "s2", [](const auto& each) {
    return each.per_second(each.counts.refusals() + each.counts.unreached);
  });
  double most = 0;
  double some = 0;
  for (const auto& [x, y] : lines.front().points)
    most = std::max(most, y);
  for (const auto& [x, y] : refused.points)
    some = std::max(some, y);
  if (some > 0)
    lines.push_back(std::move(refused));
  return line_chart(time_axis(of),
                    up_to("answers per second", std::max(most, some)), lines);
}

std::string memory_chart(const std::vector<load_second>& all) {
  const auto of = thinned(all);
  const auto line = over_time(of, "memory", "s4", [](const auto& each) {
    return each.resident_bytes == 0
               ? std::numeric_limits<double>::quiet_NaN()
               : static_cast<double>(each.resident_bytes) / (1 << 20);
  });
  double most = 0;
  for (const auto& [x, y] : line.points)
    most = std::max(most, y);
  if (most == 0 || of.size() < 2)
    return {};
  return line_chart(time_axis(of), up_to("MiB", most), {line});
}

std::string refusal_chart(const load_counts& of) {
  std::vector<std::pair<std::string, double>> rows;
  for (const auto& [name, count] : refusals_by_name(of))
    rows.emplace_back(name, static_cast<double>(count));
  std::sort(rows.begin(), rows.end(),
            [](const auto& a, const auto& b) { return a.second > b.second; });
  return rows.empty() ? "" : row_chart(rows);
}

std::string batch_chart(const std::optional<histogram_view>& of) {
  if (!of || of->count() == 0)
    return {};
  std::vector<std::pair<std::string, double>> bars;
  for (std::size_t i = 0; i < of->counts.size(); ++i)
    bars.emplace_back(i < of->bounds.size()
                          ? short_number(static_cast<double>(of->bounds[i]))
                          : "more",
                      static_cast<double>(of->counts[i]));
  return bar_chart("up to so many operations", "batches", bars);
}

std::string curve_by_skus(const std::vector<curve_point>& of) {
  return cost(of, true);
}

std::string curve_by_clients(const std::vector<curve_point>& of) {
  return cost(of, false);
}

} // namespace holdfast::cli
