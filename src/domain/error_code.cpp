#include "holdfast/error_code.hpp"

namespace holdfast {

namespace {

/// What a code means to those who pass it on.
enum trait : unsigned {
  plain = 0,
  business = 1,
  fault = 2,
  retryable = 4,
};

struct facts {
  std::string_view name;
  unsigned traits;
};

/// One row per code. A store that is unavailable is no fault: the breaker
/// guards all stores, and a lost node must not close the way to the others.
constexpr facts facts_of(error_code code) noexcept {
  switch (code) {
  case error_code::none:
    return {"none", plain};
  case error_code::version_conflict:
    return {"version_conflict", business | retryable};
  case error_code::insufficient_stock:
    return {"insufficient_stock", business};
  case error_code::reservation_closed:
    return {"reservation_closed", business};
  case error_code::quantity_exceeds_hold:
    return {"quantity_exceeds_hold", business};
  case error_code::limit_exceeded:
    return {"limit_exceeded", business};
  case error_code::precondition_failed:
    return {"precondition_failed", business};
  case error_code::sku_not_found:
    return {"sku_not_found", business};
  case error_code::reservation_not_found:
    return {"reservation_not_found", business};
  case error_code::store_not_found:
    return {"store_not_found", plain};
  case error_code::idempotency_in_flight:
    return {"idempotency_in_flight", retryable};
  case error_code::idempotency_mismatch:
    return {"idempotency_mismatch", plain};
  case error_code::overloaded:
    return {"overloaded", retryable};
  case error_code::bulkhead_full:
    return {"bulkhead_full", retryable};
  case error_code::circuit_open:
    return {"circuit_open", retryable};
  case error_code::store_unavailable:
    return {"store_unavailable", retryable};
  case error_code::lease_held:
    return {"lease_held", retryable};
  case error_code::read_only:
    return {"read_only", retryable};
  case error_code::shutting_down:
    return {"shutting_down", retryable};
  case error_code::deadline_exceeded:
    return {"deadline_exceeded", fault | retryable};
  case error_code::internal:
    return {"internal", fault};
  case error_code::invalid_request:
    return {"invalid_request", plain};
  case error_code::unauthorized:
    return {"unauthorized", plain};
  case error_code::forbidden:
    return {"forbidden", plain};
  case error_code::route_not_found:
    return {"route_not_found", plain};
  case error_code::method_not_allowed:
    return {"method_not_allowed", plain};
  case error_code::length_required:
    return {"length_required", plain};
  case error_code::body_too_large:
    return {"body_too_large", plain};
  case error_code::uri_too_long:
    return {"uri_too_long", plain};
  case error_code::unsupported_media_type:
    return {"unsupported_media_type", plain};
  case error_code::headers_too_large:
    return {"headers_too_large", plain};
  case error_code::precondition_required:
    return {"precondition_required", plain};
  case error_code::rate_limited:
    return {"rate_limited", retryable};
  case error_code::not_implemented:
    return {"not_implemented", plain};
  case error_code::version_not_supported:
    return {"version_not_supported", plain};
  case error_code::dead_letter_not_found:
    return {"dead_letter_not_found", plain};
  }
  // A number that no code has, from a journal of a newer format.
  return {"unknown", plain};
}

} // namespace

std::string_view to_string(error_code code) noexcept {
  return facts_of(code).name;
}

bool is_business_refusal(error_code code) noexcept {
  return (facts_of(code).traits & business) != 0;
}

bool is_fault(error_code code) noexcept {
  return (facts_of(code).traits & fault) != 0;
}

bool is_retryable(error_code code) noexcept {
  return (facts_of(code).traits & retryable) != 0;
}

} // namespace holdfast
