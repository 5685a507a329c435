// Why a request was refused: one precise code per reason.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace holdfast {

/// Codes are stored in the journal: append, never renumber. `none` is success.
enum class error_code : std::uint8_t {
  none = 0,
  // Refusals of the domain: remembered under an idempotency key.
  version_conflict,
  insufficient_stock,
  reservation_closed,
  quantity_exceeds_hold,
  limit_exceeded,
  precondition_failed,
  sku_not_found,
  reservation_not_found,
  // Refusals on the way: nothing happened, nothing is remembered.
  store_not_found,
  idempotency_in_flight,
  idempotency_mismatch,
  overloaded,
  bulkhead_full,
  circuit_open,
  store_unavailable,
  lease_held,
  read_only,
  shutting_down,
  deadline_exceeded,
  internal,
  // Refusals at the edge: the request never became a command.
  invalid_request,
  unauthorized,
  forbidden,
  route_not_found,
  method_not_allowed,
  length_required,
  body_too_large,
  uri_too_long,
  unsupported_media_type,
  headers_too_large,
  precondition_required,
  rate_limited,
  not_implemented,
  version_not_supported,
  // Refusals of the journal to those who operate it: never stored.
  dead_letter_not_found,
};

/// The code with the highest number.
inline constexpr auto error_code_last = error_code::dead_letter_not_found;

/// Of the codes, with that of success.
inline constexpr auto error_code_count =
    static_cast<std::size_t>(error_code_last) + 1;

/// The code as it appears on the wire, e.g. `insufficient_stock`.
std::string_view to_string(error_code code) noexcept;

/// True for refusals a key remembers: the business said no.
bool is_business_refusal(error_code code) noexcept;

/// True for what a circuit breaker counts as a fault of the callee. `read_only`
/// is none: the journal refuses at once, reads still work behind it, and
/// writes must be back as soon as there is space.
bool is_fault(error_code code) noexcept;

/// True where the same request may succeed later without a change.
bool is_retryable(error_code code) noexcept;

} // namespace holdfast
