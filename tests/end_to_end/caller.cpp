#include "tests/end_to_end/caller.hpp"

#include <cctype>
#include <utility>

#include <doctest/doctest.h>

namespace holdfast::live {

request get(std::string target, std::string fields) {
  return {"GET", std::move(target), {}, std::move(fields)};
}

request head(std::string target, std::string fields) {
  return {"HEAD", std::move(target), {}, std::move(fields)};
}

request post(std::string target, std::string body, std::string fields) {
  return {"POST", std::move(target), std::move(body), std::move(fields)};
}

request put(std::string target, std::string body, std::string fields) {
  return {"PUT", std::move(target), std::move(body), std::move(fields)};
}

std::string keyed(std::string_view key) {
  return "Idempotency-Key: " + std::string{key} + "\r\n";
}

std::string if_match(std::uint64_t version) {
  return "If-Match: \"" + std::to_string(version) + "\"\r\n";
}

std::string to_bytes(const request& what) {
  auto bytes = what.method + " " + what.target
               + " HTTP/1.1\r\nHost: localhost\r\n" + what.fields;
  if (what.method == "POST" || what.method == "PUT") {
    bytes += "Content-Length: " + std::to_string(what.body.size()) + "\r\n";
    if (what.fields.find("Content-Type:") == std::string::npos)
      bytes += "Content-Type: application/json\r\n";
  }
  return bytes + "\r\n" + what.body;
}

std::string percent_encode(std::string_view text) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string encoded;
  for (const unsigned char byte : text) {
    if (std::isalnum(byte) != 0) {
      encoded += static_cast<char>(byte);
      continue;
    }
    encoded += '%';
    encoded += digits[byte >> 4];
    encoded += digits[byte & 15];
  }
  return encoded;
}

std::string record_path(std::string_view sku, std::string_view store) {
  return "/api/inventory/stores/" + std::string{store} + "/inventory/"
         + percent_encode(sku);
}

raw_response caller::ask(const request& what) {
  auto answer = try_ask(what);
  CAPTURE(what.method);
  CAPTURE(what.target);
  REQUIRE(answer.has_value());
  return std::move(*answer);
}

std::optional<raw_response> caller::try_ask(const request& what) {
  auto got = client_.pass(to_bytes(what), what.method == "HEAD");
  if (got.is != test::http_result::fate::answered)
    return std::nullopt;
  return std::move(got.response);
}

} // namespace holdfast::live
