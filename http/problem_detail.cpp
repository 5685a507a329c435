#include "http/problem_detail.hpp"

namespace holdfast::http {

std::string_view detail_of(error_code code) noexcept {
  switch (code) {
  case error_code::none:
    return "";
  case error_code::version_conflict:
    return "Read the record again and repeat with its version.";
  case error_code::insufficient_stock:
    return "Nothing was changed: the stock does not cover the request.";
  case error_code::reservation_closed:
    return "Terminal states are final.";
  case error_code::quantity_exceeds_hold:
    return "Ask for no more than the reservation holds.";
  case error_code::limit_exceeded:
    return "Nothing was changed: the result would leave the range.";
  case error_code::precondition_failed:
    return "Read the record again and repeat with its ETag.";
  case error_code::sku_not_found:
    return "A first positive adjust or a PUT creates the record.";
  case error_code::reservation_not_found:
    return "There is no reservation of this id here.";
  case error_code::store_not_found:
    return "No node of this cluster owns the store.";
  case error_code::idempotency_in_flight:
    return "Repeat the request to get its answer.";
  case error_code::idempotency_mismatch:
    return "Use a fresh key for another request.";
  case error_code::overloaded:
  case error_code::bulkhead_full:
  case error_code::circuit_open:
  case error_code::store_unavailable:
  case error_code::lease_held:
  case error_code::read_only:
  case error_code::shutting_down:
    return "Nothing was changed: repeat the request later.";
  case error_code::deadline_exceeded:
    return "Repeat with the same Idempotency-Key to learn the outcome.";
  case error_code::internal:
    return "The request id finds the cause in the log.";
  case error_code::invalid_request:
    return "Nothing was changed: correct what `errors` lists.";
  case error_code::unauthorized:
    return "Send the credentials of this service.";
  case error_code::forbidden:
    return "These credentials do not allow the request.";
  case error_code::route_not_found:
    return "No route of this service has this path.";
  case error_code::method_not_allowed:
    return "The Allow field lists the methods of this path.";
  case error_code::length_required:
    return "Send one body with a Content-Length, 0 for none.";
  case error_code::body_too_large:
    return "A body has at most 64 KiB.";
  case error_code::uri_too_long:
    return "A target has at most 2048 bytes.";
  case error_code::unsupported_media_type:
    return "Send the body as application/json.";
  case error_code::headers_too_large:
    return "At most 64 fields, 8 KiB each and 16 KiB together.";
  case error_code::precondition_required:
    return "Send If-Match, or If-None-Match: * to create the record.";
  case error_code::rate_limited:
    return "Nothing was changed: slow down.";
  case error_code::not_implemented:
    return "The service does not do this.";
  case error_code::version_not_supported:
    return "Speak HTTP/1.0 or HTTP/1.1.";
  case error_code::dead_letter_not_found:
    return "It was settled or dropped, or there never was one of this id.";
  }
  return "";
}

} // namespace holdfast::http
