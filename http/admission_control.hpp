// What one node knows of all its callers and all its work.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "holdfast/admission_counters.hpp"
#include "holdfast/load_shed_policy.hpp"
#include "holdfast/rate_limiter.hpp"
#include "holdfast/settings.hpp"

namespace holdfast::http {

/// Shared by the doors of all IO threads; outlives them.
struct admission_control {
  using counters_ptr = std::shared_ptr<admission_counters>;

  /// 0 in `with` turns a limit off.
  explicit admission_control(
      const settings& with,
      counters_ptr counted = std::make_shared<admission_counters>());

  /// Nothing where the rate is not limited.
  std::optional<rate_limiter> limiter;
  /// RateLimit-Policy of every counted answer, empty without a limiter.
  std::string rate_policy;
  load_shed_policy::settings shedding;
  counters_ptr counters;
};

} // namespace holdfast::http
