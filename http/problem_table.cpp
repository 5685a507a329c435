#include "http/problem_table.hpp"

#include <array>
#include <cstddef>
#include <utility>

namespace holdfast::http {

namespace {

constexpr auto repeat_later = "Nothing was changed: repeat the request later.";

// A switch, so that a new code without a row is a compiler warning.
constexpr problem_kind kind_of(error_code code) noexcept {
  switch (code) {
  case error_code::none:
    return {200, "OK", ""};
  case error_code::version_conflict:
    return {409, "The record has another version",
            "Read the record again and repeat with its version."};
  case error_code::insufficient_stock:
    return {409, "Not enough stock",
            "Nothing was changed: the stock does not cover the request."};
  case error_code::reservation_closed:
    return {409, "The reservation has already ended",
            "Terminal states are final."};
  case error_code::quantity_exceeds_hold:
    return {409, "More than the reservation still holds",
            "Ask for no more than the reservation holds."};
  case error_code::limit_exceeded:
    return {409, "The result would be out of range",
            "Nothing was changed: the result would leave the range."};
  case error_code::precondition_failed:
    return {412, "The precondition does not hold",
            "Read the record again and repeat with its ETag."};
  case error_code::sku_not_found:
    return {404, "No record of this SKU in this store",
            "A first positive adjust or a PUT creates the record."};
  case error_code::reservation_not_found:
    return {404, "No such reservation",
            "There is no reservation of this id here."};
  case error_code::store_not_found:
    return {404, "No such store", "No node of this cluster owns the store."};
  case error_code::idempotency_in_flight:
    return {409, "A request with this key is still running",
            "Repeat the request to get its answer."};
  case error_code::idempotency_mismatch:
    return {422, "The key was used with another body",
            "Use a fresh key for another request."};
  case error_code::overloaded:
    return {503, "Too much work is waiting", repeat_later};
  case error_code::bulkhead_full:
    return {503, "Too many requests are in progress", repeat_later};
  case error_code::circuit_open:
    return {503, "The stores behind this node are failing", repeat_later};
  case error_code::store_unavailable:
    return {503, "The store cannot be reached", repeat_later};
  case error_code::lease_held:
    return {503, "Another process holds this SKU",
            "Nothing was changed: another has the lease. See Retry-After."};
  case error_code::read_only:
    return {503, "The node does not take changes", repeat_later};
  case error_code::shutting_down:
    return {503, "The node is shutting down", repeat_later};
  case error_code::deadline_exceeded:
    return {504, "The outcome is not known in time",
            "Repeat with the same Idempotency-Key to learn the outcome."};
  case error_code::internal:
    return {500, "Internal error",
            "The request id finds the cause in the log."};
  case error_code::invalid_request:
    return {400, "The request is not valid",
            "Nothing was changed: correct what `errors` lists."};
  case error_code::unauthorized:
    return {401, "Credentials are needed",
            "Send the credentials of this service."};
  case error_code::forbidden:
    return {403, "Not allowed", "These credentials do not allow the request."};
  case error_code::route_not_found:
    return {404, "No such resource", "No route of this service has this path."};
  case error_code::method_not_allowed:
    return {405, "The resource does not take this method",
            "The Allow field lists the methods of this path."};
  case error_code::length_required:
    return {411, "Content-Length is needed",
            "Send one body with a Content-Length, 0 for none."};
  case error_code::body_too_large:
    return {413, "The body is too large", "A body has at most 64 KiB."};
  case error_code::uri_too_long:
    return {414, "The request target is too long",
            "A target has at most 2048 bytes."};
  case error_code::unsupported_media_type:
    return {415, "The body must be JSON",
            "Send the body as application/json, not coded."};
  case error_code::headers_too_large:
    return {431, "The header fields are too large",
            "At most 64 fields, 8 KiB each and 16 KiB together."};
  case error_code::precondition_required:
    return {428, "A precondition is needed",
            "Send If-Match, or If-None-Match: * to create the record."};
  case error_code::rate_limited:
    return {429, "Too many requests", "Nothing was changed: slow down."};
  case error_code::not_implemented:
    return {501, "Not implemented", "The service does not do this."};
  case error_code::version_not_supported:
    return {505, "Only HTTP/1.0 and HTTP/1.1 are supported",
            "Speak HTTP/1.0 or HTTP/1.1."};
  case error_code::dead_letter_not_found:
    return {404, "No such dead letter",
            "It was settled or dropped, or there never was one of this id."};
  }
  return kind_of(error_code::internal);
}

constexpr auto table = [] {
  std::array<problem_kind, error_code_count> rows{};
  for (std::size_t i = 0; i < error_code_count; ++i)
    rows[i] = kind_of(static_cast<error_code>(i));
  return rows;
}();

} // namespace

const problem_kind& problem_kind_of(error_code code) noexcept {
  const auto row = static_cast<std::size_t>(code);
  return row < error_code_count
             ? table[row]
             : table[static_cast<std::size_t>(error_code::internal)];
}

std::string_view reason_phrase(std::uint16_t status) noexcept {
  constexpr std::pair<std::uint16_t, std::string_view> phrases[] = {
      {200, "OK"},
      {201, "Created"},
      {304, "Not Modified"},
      {400, "Bad Request"},
      {401, "Unauthorized"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {409, "Conflict"},
      {411, "Length Required"},
      {412, "Precondition Failed"},
      {413, "Content Too Large"},
      {414, "URI Too Long"},
      {415, "Unsupported Media Type"},
      {422, "Unprocessable Content"},
      {428, "Precondition Required"},
      {429, "Too Many Requests"},
      {431, "Request Header Fields Too Large"},
      {500, "Internal Server Error"},
      {501, "Not Implemented"},
      {503, "Service Unavailable"},
      {504, "Gateway Timeout"},
      {505, "HTTP Version Not Supported"},
  };
  for (const auto& [each, phrase] : phrases)
    if (each == status)
      return phrase;
  return "";
}

} // namespace holdfast::http
