// The pages with the metrics of a node, as a test reads them.
#pragma once

#include <map>
#include <string>

#include "tests/end_to_end/caller.hpp"
#include "tests/end_to_end/checks.hpp"

namespace holdfast::live {

using labels = std::map<std::string, std::string>;

/// `GET /api/metrics` at one moment.
class metrics_page {
public:
  explicit metrics_page(caller& client)
      : metrics_(body_of(client.ask(get("/api/metrics")))["metrics"]) {
    // nop
  }

  /// Sum over the samples of a metric that have all of `wanted`: of values, or
  /// of the counts of a histogram.
  std::int64_t sum(const std::string& name, const labels& wanted = {}) const;

  bool has(const std::string& name) const;

  const json& all() const noexcept {
    return metrics_;
  }

private:
  json metrics_;
};

/// The end of `promtool ARGUMENTS`; `said` is both of its outputs.
struct promtool_verdict {
  int code = -1;
  std::string said;
};
promtool_verdict promtool(const std::string& arguments);

} // namespace holdfast::live
