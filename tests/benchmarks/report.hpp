// What was measured: a table to read and JSON to keep.
#pragma once

#include <string>
#include <vector>

namespace holdfast::bench {

/// Bytes.
inline constexpr double mebibyte = 1024 * 1024;

/// The middle of `samples`, which is not empty.
double median_of(std::vector<double> samples);
/// The value that `share` of `samples`, which is not empty, do not exceed.
double percentile_of(std::vector<double> samples, double share);

/// Figures in the order they were taken, and what they mean for each other.
class report {
public:
  /// The conditions: machine, date, programs.
  void note(std::string name, std::string value);
  /// What figures have to be read with; below the table.
  void remark(std::string text);
  /// How a figure came about, to be repeated by hand.
  void did(std::string command_line);

  /// One more run of figure `name`; its value is the median of its runs.
  void measure(const std::string& name, const std::string& unit, double value);
  bool has(const std::string& name) const;
  double value_of(const std::string& name) const;

  enum class bound { at_least, at_most };
  /// `figure` as a multiple of `base`, and what that is meant to be. Without
  /// one of the two there is no ratio. Where both ran as often it is the median
  /// of the ratios of their first runs, their second ones and so on: of what
  /// ran in turns, what the machine did to both in one is in none.
  void compare(const std::string& figure, const std::string& base, bound is,
               double goal);
  /// The same for a figure that is judged as it is.
  void judge(const std::string& figure, bound is, double goal);

  void print_conditions() const;
  void print() const;
  void write_json(const std::string& path) const;

private:
  struct figure {
    std::string name;
    std::string unit;
    std::vector<double> runs;
  };
  struct verdict {
    std::string figure;
    /// Empty where the figure is judged as it is.
    std::string base;
    std::vector<double> runs;
    bound is = bound::at_least;
    double goal = 0;

    double value() const {
      return median_of(runs);
    }
    bool is_met() const {
      return is == bound::at_least ? value() >= goal : value() <= goal;
    }
  };

  const figure* find(const std::string& name) const;
  static std::vector<double> ratios_of(const figure& of, const figure& to);

  std::vector<std::pair<std::string, std::string>> conditions_;
  std::vector<std::string> remarks_;
  std::vector<std::string> commands_;
  std::vector<figure> figures_;
  std::vector<verdict> verdicts_;
};

} // namespace holdfast::bench
