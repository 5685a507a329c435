// What one node knows of all its callers and all its work.
#pragma once

#include <optional>
#include <string>

#include "holdfast/admission_counters.hpp"
#include "holdfast/load_shed_policy.hpp"
#include "holdfast/rate_limiter.hpp"
#include "holdfast/settings.hpp"

namespace holdfast::http {

/// Shared by the doors of all IO threads; outlives them.
struct admission_control {
  /// 0 in `with` turns a limit off.
  explicit admission_control(const settings& with);

  /// Nothing where the rate is not limited.
  std::optional<rate_limiter> limiter;
  /// RateLimit-Policy of every counted answer, empty without a limiter.
  std::string rate_policy;
  load_shed_policy::settings shedding;
  admission_counters counters;
};

} // namespace holdfast::http
