// How it is told that this process took a lease.
#pragma once

#include "actors/chain_counters.hpp"
#include "holdfast/lease.hpp"
#include "src/telemetry/log.hpp"

namespace holdfast {

inline void note_taken(lease_counters& counters, const leased_name& of,
                       const shared_log::taking& taken) {
  ++counters.taken;
  if (!taken.is_stolen)
    return;
  ++counters.stolen;
  telemetry::log_warn(
      "lease_stolen",
      {{"store", of.first}, {"sku", of.second}, {"token", taken.token}});
}

} // namespace holdfast
