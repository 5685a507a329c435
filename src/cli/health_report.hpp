// How a node is, in sections: `GET /api/health/metrics`.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "http/api.hpp"
#include "http/json_writer.hpp"
#include "src/cli/node_view.hpp"

namespace holdfast::cli {

/// Sections are added before the first page; from then on it is thread-safe.
class health_report {
public:
  /// Writes one value, an object or a list.
  using section = std::function<void(http::json_writer&)>;

  void add(std::string name, section write);

  http::api_response page() const;

private:
  std::vector<std::pair<std::string, section>> sections_;
};

/// The sections that every node has.
void declare_health(health_report& into, const node_view& of);

} // namespace holdfast::cli
