// The charts of latencies on the page of a load. Times are in milliseconds
// where they are numbers.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "src/cli/load/chart.hpp"
#include "src/cli/load/page_charts.hpp"
#include "src/cli/load/page_time.hpp"

namespace holdfast::cli {

namespace {

/// `10 us`, `1 ms`, `5 s`.
std::string spell_time(double ms) {
  if (ms < 0.9995)
    return short_number(ms * 1e3) + " us";
  return ms < 999.5 ? short_number(ms) + " ms" : short_number(ms / 1e3) + " s";
}

/// 100 is `p99`.
std::string spell_percentile(double one_in) {
  char text[32];
  std::snprintf(text, sizeof text, "p%.7g", 100 - 100 / one_in);
  return text;
}

/// Powers of ten around all points of `lines`.
chart_axis around(const std::string& title,
                  const std::vector<chart_line>& lines) {
  chart_axis made{title, true, 1e9, 1e-9, spell_time};
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

} // namespace

std::string latency_over_time(const std::vector<load_second>& all) {
  if (all.size() < 2)
    return {};
  const auto of = thinned(all);
  std::vector<chart_line> lines;
  for (const auto& [name, style, share] :
       {std::tuple{"p50", "s1", 0.5}, std::tuple{"p99", "s2", 0.99},
        std::tuple{"p99.9", "s3", 0.999}})
    lines.push_back(
        over_time(of, name, style, [share = share](const auto& each) {
          const auto& latency = each.counts.latency;
          return latency.total() == 0 ? std::numeric_limits<double>::quiet_NaN()
                                      : to_ms(latency.percentile(share));
        }));
  return line_chart(time_axis(of), around("latency", lines), lines);
}

std::string latency_histogram(const latency_counts& of) {
  if (of.total() == 0)
    return {};
  // Four columns to each power of two, without the empty ends.
  constexpr std::size_t merged = latency_counts::parts / 4;
  std::vector<chart_column> columns;
  std::size_t last = 0;
  for (std::size_t i = merged; i < of.counts().size(); i += merged) {
    chart_column made{to_ms(latency_counts::bound_of(i - 1)),
                      to_ms(latency_counts::bound_of(i + merged - 1)), 0};
    for (auto j = i; j < i + merged; ++j)
      made.height += static_cast<double>(of.counts()[j]);
    if (made.height == 0 && columns.empty())
      continue;
    columns.push_back(made);
    if (made.height > 0)
      last = columns.size();
  }
  columns.resize(last);
  if (columns.empty())
    return {};
  return histogram_chart(
      {"latency", true, columns.front().from, columns.back().to, spell_time},
      "answers", columns);
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
    line.points.emplace_back(one_in, to_ms(of.percentile(1 - 1 / one_in)));
  return line_chart({"percentile of answers", true, 1, end, spell_percentile},
                    around("latency", {line}), {line});
}

} // namespace holdfast::cli
