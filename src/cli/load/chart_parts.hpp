// What charts are put together from. Internal to them.
#pragma once

#include <string>
#include <vector>

#include "src/cli/load/chart.hpp"

namespace holdfast::cli {

/// The picture and the plot in it, in units of SVG.
struct chart_frame {
  static constexpr double width = 720;
  static constexpr double height = 300;
  static constexpr double left = 72;
  static constexpr double right = 32;
  static constexpr double top = 34;
  static constexpr double bottom = 52;

  static double x(double share) {
    return left + share * (width - left - right);
  }
  static double y(double share) {
    return height - bottom - share * (height - top - bottom);
  }
};

/// Values at which an axis has a line, at most about eight.
std::vector<double> ticks_of(const chart_axis& axis);
/// Where `value` lies between the ends of `axis`, 0 to 1.
double share_of(const chart_axis& axis, double value);

/// An element with a text.
std::string label(double x, double y, const std::string& anchor,
                  const std::string& text, const std::string& more = {});
std::string rule(double x1, double y1, double x2, double y2,
                 const std::string& style);
std::string open_chart(const std::string& what);
std::string axis_titles(const std::string& x, const std::string& y);
std::string y_axis(const chart_axis& y);
/// A number with two decimals at most.
std::string place(double value);

} // namespace holdfast::cli
