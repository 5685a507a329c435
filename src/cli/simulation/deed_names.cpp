#include "src/cli/simulation/plan.hpp"

namespace holdfast::simulation {

std::string to_string(deed what) {
  switch (what) {
  case deed::ask:
    return "ask";
  case deed::wait:
    return "wait";
  case deed::long_wait:
    return "long wait";
  case deed::stall:
    return "stall";
  case deed::kill:
    return "kill";
  case deed::flaw:
    return "flaw";
  case deed::retry_letter:
    return "retry letter";
  case deed::delete_letter:
    return "delete letter";
  case deed::round:
    return "round";
  case deed::blind_reads:
    return "blind reads";
  case deed::full_disk:
    return "full disk";
  case deed::slow_sync:
    return "slow sync";
  case deed::sync_error:
    return "sync error";
  case deed::write_error:
    return "write error";
  case deed::read_error:
    return "read error";
  case deed::power_cut_soon:
    return "power cut soon";
  case deed::crash_soon:
    return "crash soon";
  case deed::power_cut:
    return "power cut";
  case deed::restart:
    return "restart";
  case deed::cut:
    return "cut";
  case deed::half_cut:
    return "half cut";
  case deed::slow_link:
    return "slow link";
  case deed::break_link:
    return "break link";
  case deed::heal_links:
    return "heal links";
  case deed::freeze:
    return "freeze";
  case deed::wish:
    return "wish";
  case deed::retire:
    return "retire";
  }
  return "?";
}

} // namespace holdfast::simulation
