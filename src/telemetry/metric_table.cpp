#include "src/telemetry/metric_table.hpp"

namespace holdfast::telemetry {

namespace {

metric_reading read_one(const metric& line) {
  metric_sink out;
  line.read(out);
  return {&line, out.take()};
}

} // namespace

void metric_table::add(metric line) {
  lines_.push_back(std::move(line));
}

void metric_table::take_off(metric_reading& from) const {
  for (auto& sample : from.samples) {
    const auto origin = origin_.find({from.of, sample.labels});
    if (origin == origin_.end())
      continue;
    sample.value -= origin->second.value;
    sample.spread -= origin->second.spread;
  }
}

std::vector<metric_reading> metric_table::read() const {
  const std::lock_guard guard{lock_};
  std::vector<metric_reading> all;
  for (const auto& line : lines_) {
    all.push_back(read_one(line));
    take_off(all.back());
  }
  return all;
}

void metric_table::reset() {
  const std::lock_guard guard{lock_};
  for (const auto& line : lines_) {
    if (line.kind == metric_kind::gauge)
      continue;
    for (auto& sample : read_one(line).samples) {
      series of{&line, sample.labels};
      origin_.insert_or_assign(std::move(of), std::move(sample));
    }
  }
}

} // namespace holdfast::telemetry
