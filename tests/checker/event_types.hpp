// What a command leaves in a log, for nodes that tests make up.
#pragma once

#include "holdfast/command.hpp"
#include "holdfast/event.hpp"

namespace holdfast::test {

/// The type of the event of a write; of no command that of an expiry.
inline event_type type_of(action what) {
  switch (what) {
  case action::adjust:
    return event_type::stock_adjusted;
  case action::count:
    return event_type::stock_counted;
  case action::reserve:
    return event_type::stock_reserved;
  case action::release:
    return event_type::stock_released;
  case action::commit:
    return event_type::stock_committed;
  case action::extend:
    return event_type::reservation_extended;
  case action::read:
  case action::read_reservation:
    break;
  }
  return event_type::reservation_expired;
}

} // namespace holdfast::test
