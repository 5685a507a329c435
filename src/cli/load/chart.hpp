// Plots as SVG, drawn with the colours of the page they are on.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace holdfast::cli {

/// `1.5k`, `20M`, `0.25`.
std::string short_number(double value);

/// How numbers lie on an axis.
struct chart_axis {
  std::string title;
  bool is_log = false;
  /// Smallest and largest value; both positive on a logarithmic axis.
  double low = 0;
  double high = 1;
  /// What stands at its ticks.
  std::string (*spell)(double) = short_number;
};

struct chart_line {
  std::string name;
  /// A class of the page's style: `s1` to `s4`.
  std::string style;
  std::vector<std::pair<double, double>> points;
  bool has_dots = false;
};

/// Lines over a common pair of axes, with a legend if there are several.
std::string line_chart(const chart_axis& x, const chart_axis& y,
                       const std::vector<chart_line>& lines);

/// One column for each name, from 0.
std::string bar_chart(const std::string& x_title, const std::string& y_title,
                      const std::vector<std::pair<std::string, double>>& bars);

/// A column of a histogram, from one value to another.
struct chart_column {
  double from = 0;
  double to = 0;
  double height = 0;
};

/// Columns where they lie on `x`, from 0.
std::string histogram_chart(const chart_axis& x, const std::string& y_title,
                            const std::vector<chart_column>& columns);

/// One row for each name, longest first as given, with its number.
std::string row_chart(const std::vector<std::pair<std::string, double>>& rows);

/// `<`, `&` and quotes as entities.
std::string escape(std::string_view text);

} // namespace holdfast::cli
