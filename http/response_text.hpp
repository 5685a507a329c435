// An answer as the bytes that go out.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "http/api.hpp"

namespace holdfast::http {

/// A date the way HTTP wants it (RFC 9110, section 5.6.7).
std::string format_http_date(std::chrono::system_clock::time_point when);

/// What an answer says that depends on its request and the connection. The
/// texts hold nothing that would end a field.
struct response_terms {
  /// `X-Request-Id`.
  std::string_view request_id;
  /// RateLimit-Policy of answers that were counted.
  std::string_view rate_policy = {};
  /// Whether the next request may come on the same connection.
  bool keeps_alive = true;
  /// The length of a body is told, and no body: what HEAD is answered with (RFC
  /// 9110, section 9.3.2).
  bool is_head = false;
  /// A body was refused because it is coded, and not because of its type (RFC
  /// 9110, sections 12.5.3 and 15.5.16).
  bool refuses_coding = false;
};

/// The whole of it in one piece: a write has one buffer. Of a 304 the length of
/// the body is told, too, and not the body (RFC 9110, section 8.6).
/// Thread-safe.
std::string response_text(const api_response& response,
                          const response_terms& terms);

} // namespace holdfast::http
