// Readings as documents.
#pragma once

#include <span>
#include <string>

#include "src/telemetry/metric.hpp"

namespace holdfast::telemetry {

/// Content type of `to_prometheus`.
inline constexpr std::string_view prometheus_type =
    "text/plain; version=0.0.4; charset=utf-8";

/// The text format of Prometheus, version 0.0.4: for each metric its HELP and
/// TYPE, then a line per sample; a histogram with cumulative buckets, `_sum`
/// and `_count`. Metrics without samples are left out.
std::string to_prometheus(std::span<const metric_reading> readings);

/// `{"metrics": [{"name", "type", "help", "samples": [{"labels", "value"}]}]}`.
/// A sample of a histogram has `count`, `sum` and `buckets: [{"le", "count"}]`
/// instead of a value; its buckets are cumulative too, and the one without a
/// bound is `count`.
std::string to_json(std::span<const metric_reading> readings);

} // namespace holdfast::telemetry
