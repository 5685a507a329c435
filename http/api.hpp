// A request and a response as plain values: what the routes read and write,
// without a socket.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "holdfast/error_code.hpp"
#include "holdfast/rate_limit_policy.hpp"

namespace holdfast::http {

/// Values of the request fields that mean something here. Views into the
/// request, or into the memory that lines of one field were joined in; empty
/// `data()` where the field was absent.
struct api_request {
  std::string_view method;
  /// Origin form or absolute form, as received.
  std::string_view target;
  std::string_view body;
  std::string_view idempotency_key;
  std::string_view if_match;
  std::string_view if_none_match;
  std::string_view content_type;
  std::string_view request_id;
  /// Empty, with `data()`, where there are two.
  std::string_view authorization;
  /// Bytes that name who asks, and nobody else: no field, but the address.
  std::string_view client;
  /// Name of one of the fields above that came more than once and is no list,
  /// else empty.
  std::string_view duplicate_field;
};

/// What goes back. Empty strings are left out.
struct api_response {
  std::uint16_t status = 200;
  /// Code of a problem, `none` for success.
  error_code code = error_code::none;
  /// Of a 304 and of an answer to HEAD only the length is sent.
  std::string body;
  std::string_view content_type = "application/json";
  /// Version for the ETag, 0 for none.
  std::uint64_t etag = 0;
  /// WWW-Authenticate; a text that lives as long as the program.
  std::string_view challenge;
  std::string location;
  std::string allow;
  /// Seconds, 0 for none.
  std::uint32_t retry_after_s = 0;
  bool replayed = false;
  /// RateLimit, where it was counted.
  rate_verdict rate;
};

/// 200 with a document of JSON.
inline api_response json_answer(std::string body) {
  api_response result;
  result.body = std::move(body);
  return result;
}

} // namespace holdfast::http
