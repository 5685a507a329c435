#include "src/cli/load/page_charts.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "src/cli/load/chart.hpp"
#include "src/cli/load/chart_parts.hpp"

namespace holdfast::cli {

namespace {

double ms(std::uint64_t ns) {
  return static_cast<double>(ns) / 1e6;
}

/// From 0 to a little more than the largest value.
chart_axis up_to(const std::string& title, double largest) {
  return {title, false, 0, std::max(largest * 1.08, 1e-3)};
}

/// Powers of ten around all points of `lines`.
chart_axis around(const std::string& title,
                  const std::vector<chart_line>& lines) {
  chart_axis made{title, true, 1e9, 1e-9};
  for (const auto& line : lines)
    for (const auto& [x, y] : line.points) {
      made.low = std::min(made.low, std::max(y, 1e-3));
      made.high = std::max(made.high, y);
    }
  made.low = std::pow(10, std::floor(std::log10(made.low)));
  made.high = std::pow(10, std::ceil(std::log10(made.high)));
  made.high = std::max(made.high, made.low * 10);
  return made;
}

chart_line over_time(const std::vector<load_second>& of,
                     const std::string& name, const std::string& style,
                     const std::function<double(const load_second&)>& value) {
  chart_line made{name, style, {}, of.size() < 40};
  for (const auto& each : of)
    made.points.emplace_back(each.at_s, value(each));
  return made;
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

std::string throughput_chart(const std::vector<load_second>& of) {
  if (of.size() < 2)
    return {};
  std::vector<chart_line> lines{
      over_time(of, "done", "s1", [](const auto& each) {
        return each.per_second(each.counts.acknowledged);
      })};
  auto refused = over_time(of, "refused", "s2", [](const auto& each) {
    return each.per_second(each.counts.refusals());
  });
  double most = 0;
  double some = 0;
  for (const auto& [x, y] : lines.front().points)
    most = std::max(most, y);
  for (const auto& [x, y] : refused.points)
    some = std::max(some, y);
  if (some > 0)
    lines.push_back(std::move(refused));
  return line_chart(up_to("seconds", of.back().at_s / 1.08),
                    up_to("answers per second", std::max(most, some)), lines);
}

std::string latency_over_time(const std::vector<load_second>& of) {
  if (of.size() < 2)
    return {};
  std::vector<chart_line> lines;
  for (const auto& [name, style, share] :
       {std::tuple{"p50", "s1", 0.5}, std::tuple{"p99", "s2", 0.99},
        std::tuple{"p99.9", "s3", 0.999}})
    lines.push_back(
        over_time(of, name, style, [share = share](const auto& each) {
          return ms(each.counts.latency.percentile(share));
        }));
  return line_chart(up_to("seconds", of.back().at_s / 1.08),
                    around("milliseconds", lines), lines);
}

std::string memory_chart(const std::vector<load_second>& of) {
  const auto line = over_time(of, "memory", "s4", [](const auto& each) {
    return static_cast<double>(each.resident_bytes) / (1 << 20);
  });
  double most = 0;
  for (const auto& [x, y] : line.points)
    most = std::max(most, y);
  if (most == 0 || of.size() < 2)
    return {};
  return line_chart(up_to("seconds", of.back().at_s / 1.08), up_to("MiB", most),
                    {line});
}

std::string latency_histogram(const latency_counts& of) {
  if (of.total() == 0)
    return {};
  // Eight columns to each power of two, without the empty ends.
  constexpr std::size_t merged = latency_counts::parts / 4;
  std::vector<std::pair<std::string, double>> bars;
  std::size_t last = 0;
  for (std::size_t i = 0; i < of.counts().size(); i += merged) {
    double sum = 0;
    for (auto j = i; j < i + merged; ++j)
      sum += static_cast<double>(of.counts()[j]);
    if (sum == 0 && bars.empty())
      continue;
    bars.emplace_back(
        short_number(ms(latency_counts::bound_of(i + merged - 1))), sum);
    if (sum > 0)
      last = bars.size();
  }
  bars.resize(last);
  return bar_chart("up to so many milliseconds", "answers", bars);
}

std::string percentile_curve(const latency_counts& of) {
  if (of.total() == 0)
    return {};
  // By how many answers one is as slow: each decade is one nine more. There is
  // no more to tell than there were answers.
  const auto end =
      std::pow(10, std::ceil(std::log10(std::clamp<double>(
                       static_cast<double>(of.total()), 10, 1e6))));
  chart_line line{"latency", "s1", {}, false};
  for (double one_in = 1;
       one_in <= std::min(end, static_cast<double>(of.total())); one_in *= 1.1)
    line.points.emplace_back(one_in, ms(of.percentile(1 - 1 / one_in)));
  return line_chart(
      {"one answer in so many is slower (100 is p99)", true, 1, end},
      around("milliseconds", {line}), {line});
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
