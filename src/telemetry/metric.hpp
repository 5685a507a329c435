// What a metric is, and what was read of it.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "holdfast/histogram.hpp"

namespace holdfast::telemetry {

enum class metric_kind : std::uint8_t {
  /// Only goes up, until it is reset.
  counter,
  /// Goes up and down; a reset leaves it.
  gauge,
  /// How values are spread; reset like a counter.
  histogram,
};

/// One time series of a metric at one moment.
struct metric_sample {
  /// Values of the labels, in the order of their names.
  std::vector<std::string> labels;
  /// Of a counter or a gauge.
  double value = 0;
  /// Of a histogram, in its raw unit.
  histogram_view spread;
};

/// Takes the samples of one metric while it is read.
class metric_sink {
public:
  using labels = std::initializer_list<std::string_view>;

  void value(double value) {
    samples_.push_back({{}, value, {}});
  }
  void value(labels of, double value) {
    samples_.push_back({{of.begin(), of.end()}, value, {}});
  }
  void spread(histogram_view held) {
    samples_.push_back({{}, 0, std::move(held)});
  }
  void spread(labels of, histogram_view held) {
    samples_.push_back({{of.begin(), of.end()}, 0, std::move(held)});
  }

  std::vector<metric_sample> take() {
    return std::move(samples_);
  }

private:
  std::vector<metric_sample> samples_;
};

/// One line of the table: everything that is known about a metric. Names
/// follow the rules of Prometheus: base units (seconds, bytes), a counter ends
/// in `_total`, labels have few values.
struct metric {
  std::string name;
  std::string help;
  metric_kind kind = metric_kind::gauge;
  std::vector<std::string> labels;
  /// Called for every page, on any thread.
  std::function<void(metric_sink&)> read;
  /// Raw units of a histogram in one unit of the metric: a million where
  /// microseconds are told in seconds.
  double per_unit = 1;
};

/// What one reading found.
struct metric_reading {
  const metric* of = nullptr;
  std::vector<metric_sample> samples;
};

} // namespace holdfast::telemetry
