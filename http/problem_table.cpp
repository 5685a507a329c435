#include "http/problem_table.hpp"

#include <array>
#include <cstddef>

namespace holdfast::http {

namespace {

// A switch, so that a new code without a row is a compiler warning.
constexpr problem_kind kind_of(error_code code) noexcept {
  switch (code) {
  case error_code::none:
    return {200, "OK"};
  case error_code::version_conflict:
    return {409, "The record has another version"};
  case error_code::insufficient_stock:
    return {409, "Not enough stock"};
  case error_code::reservation_closed:
    return {409, "The reservation has already ended"};
  case error_code::quantity_exceeds_hold:
    return {409, "More than the reservation still holds"};
  case error_code::limit_exceeded:
    return {409, "The result would be out of range"};
  case error_code::precondition_failed:
    return {412, "The precondition does not hold"};
  case error_code::sku_not_found:
    return {404, "No record of this SKU in this store"};
  case error_code::reservation_not_found:
    return {404, "No such reservation"};
  case error_code::store_not_found:
    return {404, "No such store"};
  case error_code::idempotency_in_flight:
    return {409, "A request with this key is still running"};
  case error_code::idempotency_mismatch:
    return {422, "The key was used with another body"};
  case error_code::overloaded:
    return {503, "Too much work is waiting"};
  case error_code::bulkhead_full:
    return {503, "Too many requests are in progress"};
  case error_code::circuit_open:
    return {503, "The stores behind this node are failing"};
  case error_code::store_unavailable:
    return {503, "The store cannot be reached"};
  case error_code::lease_held:
    return {503, "Another process holds this SKU"};
  case error_code::read_only:
    return {503, "The node does not take changes"};
  case error_code::shutting_down:
    return {503, "The node is shutting down"};
  case error_code::deadline_exceeded:
    return {504, "The outcome is not known in time"};
  case error_code::internal:
    return {500, "Internal error"};
  case error_code::invalid_request:
    return {400, "The request is not valid"};
  case error_code::unauthorized:
    return {401, "Credentials are needed"};
  case error_code::forbidden:
    return {403, "Not allowed"};
  case error_code::route_not_found:
    return {404, "No such resource"};
  case error_code::method_not_allowed:
    return {405, "The resource does not take this method"};
  case error_code::length_required:
    return {411, "Content-Length is needed"};
  case error_code::body_too_large:
    return {413, "The body is too large"};
  case error_code::uri_too_long:
    return {414, "The request target is too long"};
  case error_code::unsupported_media_type:
    return {415, "The body must be JSON"};
  case error_code::headers_too_large:
    return {431, "The header fields are too large"};
  case error_code::precondition_required:
    return {428, "A precondition is needed"};
  case error_code::rate_limited:
    return {429, "Too many requests"};
  case error_code::not_implemented:
    return {501, "Not implemented"};
  case error_code::version_not_supported:
    return {505, "Only HTTP/1.0 and HTTP/1.1 are supported"};
  case error_code::dead_letter_not_found:
    return {404, "No such dead letter"};
  }
  return {500, "Internal error"};
}

constexpr auto code_count = static_cast<std::size_t>(error_code_last) + 1;

constexpr auto table = [] {
  std::array<problem_kind, code_count> rows{};
  for (std::size_t i = 0; i < code_count; ++i)
    rows[i] = kind_of(static_cast<error_code>(i));
  return rows;
}();

} // namespace

const problem_kind& problem_kind_of(error_code code) noexcept {
  const auto row = static_cast<std::size_t>(code);
  return row < code_count
             ? table[row]
             : table[static_cast<std::size_t>(error_code::internal)];
}

std::string_view reason_phrase(std::uint16_t status) noexcept {
  switch (status) {
  case 200:
    return "OK";
  case 201:
    return "Created";
  case 304:
    return "Not Modified";
  case 400:
    return "Bad Request";
  case 401:
    return "Unauthorized";
  case 403:
    return "Forbidden";
  case 404:
    return "Not Found";
  case 405:
    return "Method Not Allowed";
  case 409:
    return "Conflict";
  case 411:
    return "Length Required";
  case 412:
    return "Precondition Failed";
  case 413:
    return "Content Too Large";
  case 414:
    return "URI Too Long";
  case 415:
    return "Unsupported Media Type";
  case 422:
    return "Unprocessable Content";
  case 428:
    return "Precondition Required";
  case 429:
    return "Too Many Requests";
  case 431:
    return "Request Header Fields Too Large";
  case 500:
    return "Internal Server Error";
  case 501:
    return "Not Implemented";
  case 503:
    return "Service Unavailable";
  case 504:
    return "Gateway Timeout";
  case 505:
    return "HTTP Version Not Supported";
  }
  return "";
}

} // namespace holdfast::http
