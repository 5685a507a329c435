// The bulkheads and breakers of a node, by name.
#pragma once

#include <memory>
#include <vector>

#include "actors/chain_counters.hpp"
#include "src/cli/node_view.hpp"

namespace holdfast::cli {

struct named_bulkhead {
  const char* name;
  std::shared_ptr<const bulkhead_counters> counters;
  /// 0: no limit.
  std::uint32_t permits;
  std::size_t queue_max;
};

struct named_breaker {
  const char* name;
  std::shared_ptr<const breaker_counters> counters;
};

/// Those of requests, of rounds and of the file system.
std::vector<named_bulkhead> bulkheads_of(const node_view& of);
std::vector<named_breaker> breakers_of(const node_view& of);

} // namespace holdfast::cli
