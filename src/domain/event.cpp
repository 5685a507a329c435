#include "holdfast/event.hpp"

namespace holdfast {

std::string_view to_string(event_type type) noexcept {
  switch (type) {
  case event_type::stock_adjusted:
    return "stock_adjusted";
  case event_type::stock_counted:
    return "stock_counted";
  case event_type::stock_reserved:
    return "stock_reserved";
  case event_type::stock_released:
    return "stock_released";
  case event_type::stock_committed:
    return "stock_committed";
  case event_type::reservation_extended:
    return "reservation_extended";
  case event_type::reservation_expired:
    return "reservation_expired";
  }
  // A number that no type has, from a journal of a newer format.
  return "unknown";
}

} // namespace holdfast
