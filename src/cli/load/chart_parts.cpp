#include "src/cli/load/chart_parts.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace holdfast::cli {

namespace {

constexpr int ticks_wanted = 5;

/// The next 1, 2 or 5 times a power of ten from `least`.
double round_step(double least) {
  const auto power = std::pow(10, std::floor(std::log10(least)));
  for (const auto factor : {1.0, 2.0, 5.0})
    if (factor * power >= least * 0.999)
      return factor * power;
  return 10 * power;
}

std::string trimmed(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", value);
  return text;
}

} // namespace

std::string short_number(double value) {
  if (value >= 999.5e6)
    return trimmed(value / 1e9) + 'G';
  if (value >= 999.5e3)
    return trimmed(value / 1e6) + 'M';
  return value >= 999.5 ? trimmed(value / 1e3) + 'k' : trimmed(value);
}

std::string escape(std::string_view text) {
  std::string made;
  for (const char c : text)
    switch (c) {
    case '<':
      made += "&lt;";
      break;
    case '&':
      made += "&amp;";
      break;
    case '"':
      made += "&quot;";
      break;
    default:
      made += c;
    }
  return made;
}

std::string place(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", value);
  return text;
}

std::vector<double> ticks_of(const chart_axis& axis) {
  std::vector<double> made;
  if (axis.is_log) {
    auto at = std::pow(10, std::ceil(std::log10(axis.low) - 1e-9));
    for (; at <= axis.high * 1.001; at *= 10)
      made.push_back(at);
    return made;
  }
  const auto step = round_step((axis.high - axis.low) / ticks_wanted);
  const auto first = std::ceil(axis.low / step - 1e-9);
  for (int i = 0; (first + i) * step <= axis.high + step * 0.02; ++i)
    made.push_back((first + i) * step);
  return made;
}

double share_of(const chart_axis& axis, double value) {
  const auto scale = [&](double at) {
    return axis.is_log ? std::log10(std::max(at, axis.low)) : at;
  };
  const auto span = scale(axis.high) - scale(axis.low);
  const auto share = span <= 0 ? 0 : (scale(value) - scale(axis.low)) / span;
  return std::clamp(share, 0.0, 1.0);
}

std::string label(double x, double y, const std::string& anchor,
                  const std::string& text, const std::string& more) {
  return "<text x=\"" + place(x) + "\" y=\"" + place(y) + "\" text-anchor=\""
         + anchor + '"' + more + '>' + escape(text) + "</text>\n";
}

std::string rule(double x1, double y1, double x2, double y2,
                 const std::string& style) {
  return "<line class=\"" + style + "\" x1=\"" + place(x1) + "\" y1=\""
         + place(y1) + "\" x2=\"" + place(x2) + "\" y2=\"" + place(y2)
         + "\"/>\n";
}

std::string open_chart(const std::string& what) {
  return "<svg viewBox=\"0 0 720 300\" role=\"img\" aria-label=\""
         + escape(what) + "\">\n";
}

std::string axis_titles(const std::string& x, const std::string& y) {
  using frame = chart_frame;
  return label(frame::x(0.5), frame::height - 8, "middle", x,
               " class=\"title\"")
         + label(8, 16, "start", y, " class=\"title\"");
}

std::string y_axis(const chart_axis& y) {
  using frame = chart_frame;
  std::string made;
  for (const auto tick : ticks_of(y)) {
    const auto at = frame::y(share_of(y, tick));
    made += rule(frame::x(0), at, frame::x(1), at, "grid");
    made += label(frame::x(0) - 8, at + 4, "end", y.spell(tick));
  }
  return made;
}

} // namespace holdfast::cli
