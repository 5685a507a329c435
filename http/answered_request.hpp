// What is told about a request once its answer is known.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "holdfast/error_code.hpp"

namespace holdfast::http {

/// One request and what became of it. Texts live for the time of the call and
/// are empty where there is nothing to say.
struct answered_request {
  /// `X-Request-Id`.
  std::string_view id;
  /// Trace of a valid `traceparent`.
  std::string_view trace;
  std::string_view method;
  /// Pattern of the route, not the target: that may hold anything.
  std::string_view route;
  std::uint16_t status = 0;
  /// `none` for success.
  error_code code = error_code::none;
  /// From the last byte of the request to the answer.
  std::int64_t micros = 0;
  std::string_view store;
  std::string_view sku;
  /// Tells one Idempotency-Key from another without naming it.
  std::string_view key_print;
  /// Name of the caller's API key.
  std::string_view caller;
  /// Address and port.
  std::string_view peer;
};

/// Where answered requests are told, those refused at the edge included.
/// Called on IO threads, must not block. Both members are set, or none.
struct request_log {
  /// Asked about every answer: true if `write` is to be called for it.
  std::function<bool(std::uint16_t status)> wants;
  std::function<void(const answered_request&)> write;
};

} // namespace holdfast::http
