// Every metric of the process, declared once.
#pragma once

#include <list>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "src/telemetry/metric.hpp"

namespace holdfast::telemetry {

/// Lines are added before the first reading; from then on it is thread-safe.
class metric_table {
public:
  void add(metric line);

  /// All metrics in the order they were added, counted from the last reset.
  std::vector<metric_reading> read() const;

  /// Counters and histograms start from zero. Nothing is written where they
  /// are counted: what they hold now is taken off from now on.
  void reset();

private:
  using series = std::pair<const metric*, std::vector<std::string>>;

  void take_off(metric_reading& from) const;

  std::list<metric> lines_;
  mutable std::mutex lock_;
  /// What each series held at the last reset.
  std::map<series, metric_sample> origin_;
};

} // namespace holdfast::telemetry
