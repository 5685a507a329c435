#include "src/cli/load/chart.hpp"

#include <algorithm>

#include "src/cli/load/chart_parts.hpp"

namespace holdfast::cli {

namespace {

using frame = chart_frame;

std::string x_axis(const chart_axis& x) {
  std::string made;
  for (const auto tick : ticks_of(x)) {
    const auto at = frame::x(share_of(x, tick));
    made += rule(at, frame::y(0), at, frame::y(0) + 5, "axis");
    made += label(at, frame::y(0) + 20, "middle", x.spell(tick));
  }
  return made
         + rule(frame::x(0), frame::y(0), frame::x(1), frame::y(0), "axis");
}

std::string column(double left, double right, double share,
                   const std::string& tip) {
  const auto top = frame::y(share);
  return "<rect class=\"bar\" x=\"" + place(left) + "\" y=\"" + place(top)
         + "\" width=\"" + place(right - left) + "\" height=\""
         + place(frame::y(0) - top) + "\"><title>" + escape(tip)
         + "</title></rect>\n";
}

std::string draw(const chart_axis& x, const chart_axis& y,
                 const chart_line& line) {
  std::string path;
  std::string dots;
  for (const auto& [at, value] : line.points) {
    const auto px = place(frame::x(share_of(x, at)));
    const auto py = place(frame::y(share_of(y, value)));
    path += (path.empty() ? "" : " ") + px + ',' + py;
    const auto tip = line.name + ": " + y.spell(value) + " at " + x.spell(at);
    if (line.has_dots)
      dots += "<circle class=\"dot " + line.style + "\" cx=\"" + px + "\" cy=\""
              + py + "\" r=\"4\"><title>" + escape(tip) + "</title></circle>\n";
  }
  return "<polyline class=\"" + line.style + "\" points=\"" + path + "\"/>\n"
         + dots;
}

/// On the right above the plot, first name leftmost.
std::string legend(const std::vector<chart_line>& lines) {
  std::string made;
  auto at = frame::x(1);
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    made += label(at, 16, "end", line->name);
    at -= 7.5 * static_cast<double>(line->name.size()) + 6;
    made += rule(at - 18, 12, at, 12, line->style);
    at -= 34;
  }
  return made;
}

} // namespace

std::string line_chart(const chart_axis& x, const chart_axis& y,
                       const std::vector<chart_line>& lines) {
  auto made = open_chart(y.title + " by " + x.title) + y_axis(y) + x_axis(x)
              + axis_titles(x.title, y.title);
  for (const auto& line : lines)
    made += draw(x, y, line);
  if (lines.size() > 1)
    made += legend(lines);
  return made + "</svg>\n";
}

std::string bar_chart(const std::string& x_title, const std::string& y_title,
                      const std::vector<std::pair<std::string, double>>& bars) {
  chart_axis y{y_title, false, 0, 1};
  for (const auto& [name, value] : bars)
    y.high = std::max(y.high, value);
  auto made = open_chart(y_title + " by " + x_title) + y_axis(y)
              + axis_titles(x_title, y_title);
  const auto step = (frame::x(1) - frame::x(0))
                    / std::max(1.0, static_cast<double>(bars.size()));
  // Names need some room; of many bars every n-th has one.
  const auto every = static_cast<std::size_t>(52 / step) + 1;
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const auto& [name, value] = bars[i];
    const auto left = frame::x(0) + step * static_cast<double>(i);
    made += column(left + step * 0.06, left + step * 0.94, share_of(y, value),
                   name + ": " + short_number(value));
    if (i % every == 0)
      made += label(left + step / 2, frame::y(0) + 20, "middle", name);
  }
  return made + rule(frame::x(0), frame::y(0), frame::x(1), frame::y(0), "axis")
         + "</svg>\n";
}

std::string histogram_chart(const chart_axis& x, const std::string& y_title,
                            const std::vector<chart_column>& columns) {
  chart_axis y{y_title, false, 0, 1};
  for (const auto& each : columns)
    y.high = std::max(y.high, each.height);
  auto made = open_chart(y_title + " by " + x.title) + y_axis(y)
              + axis_titles(x.title, y_title);
  for (const auto& each : columns)
    made +=
        column(frame::x(share_of(x, each.from)) + 0.5,
               frame::x(share_of(x, each.to)) - 0.5, share_of(y, each.height),
               x.spell(each.from) + " to " + x.spell(each.to) + ": "
                   + short_number(each.height));
  return made + x_axis(x) + "</svg>\n";
}

std::string row_chart(const std::vector<std::pair<std::string, double>>& rows) {
  constexpr double row = 28;
  constexpr double names = 190;
  constexpr double widest = 420;
  double most = 1;
  for (const auto& [name, value] : rows)
    most = std::max(most, value);
  auto made = "<svg viewBox=\"0 0 720 "
              + place(row * static_cast<double>(rows.size()) + 8)
              + "\" role=\"img\">\n";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto top = row * static_cast<double>(i) + 6;
    const auto width = rows[i].second / most * widest;
    made += label(names - 10, top + 15, "end", rows[i].first)
            + "<rect class=\"bar\" x=\"" + place(names) + "\" y=\"" + place(top)
            + "\" width=\"" + place(std::max(width, 2.0))
            + "\" height=\"20\"/>\n"
            + label(names + width + 10, top + 15, "start",
                    short_number(rows[i].second));
  }
  return made + "</svg>\n";
}

} // namespace holdfast::cli
