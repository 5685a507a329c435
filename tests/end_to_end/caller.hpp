// Requests as a client makes them, over one connection that is kept.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tests/support/http_client.hpp"

namespace holdfast::live {

struct request {
  std::string method;
  std::string target;
  std::string body;
  /// Field lines, each ended by CRLF.
  std::string fields;
};

request get(std::string target, std::string fields = {});
request head(std::string target, std::string fields = {});
request post(std::string target, std::string body, std::string fields = {});
request put(std::string target, std::string body, std::string fields = {});

// Field lines.

std::string keyed(std::string_view key);
std::string if_match(std::uint64_t version);
inline const std::string if_new = "If-None-Match: *\r\n";

/// The bytes of `what` in HTTP/1.1. A POST or PUT has a length and, unless its
/// fields name a type, that of JSON.
std::string to_bytes(const request& what);

/// Every byte but letters and digits as `%XX`.
std::string percent_encode(std::string_view text);

/// Path of a record.
std::string record_path(std::string_view sku,
                        std::string_view store = "store-1");

/// One client. Not thread-safe.
class caller {
public:
  explicit caller(std::uint16_t port) : client_(port) {
    // nop
  }

  /// The answer; the test ends without one.
  raw_response ask(const request& what);

  /// Nothing if the connection cannot be had or breaks; the next call takes a
  /// new one. Whether the request was carried out is unknown then.
  std::optional<raw_response> try_ask(const request& what);

private:
  test::http_client client_;
};

} // namespace holdfast::live
