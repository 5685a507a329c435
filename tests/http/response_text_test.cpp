#include "http/response_text.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>

using namespace holdfast;
using namespace holdfast::http;

namespace {

/// What is said with the date taken out, which must be one.
std::string say(const api_response& response, const response_terms& terms) {
  auto text = response_text(response, terms);
  const std::string name = "\r\nDate: ";
  const std::string shape = "Sun, 06 Nov 1994 08:49:37 GMT";
  const auto at = text.find(name);
  REQUIRE(at != std::string::npos);
  const auto date = text.substr(at + name.size(), shape.size());
  CHECK(date.ends_with(" GMT"));
  CHECK(text.substr(at + name.size() + shape.size(), 2) == "\r\n");
  text.erase(at, name.size() + shape.size());
  return text;
}

response_terms of(std::string_view id) {
  response_terms terms;
  terms.request_id = id;
  return terms;
}

} // namespace

TEST_CASE("dates are written the way of RFC 9110") {
  using std::chrono::seconds;
  const auto at = [](std::int64_t second) {
    return format_http_date(std::chrono::system_clock::time_point{
        std::chrono::duration_cast<std::chrono::system_clock::duration>(
            seconds{second})});
  };
  CHECK(at(784'111'777) == "Sun, 06 Nov 1994 08:49:37 GMT");
  CHECK(at(0) == "Thu, 01 Jan 1970 00:00:00 GMT");
  CHECK(at(1'709'164'800) == "Thu, 29 Feb 2024 00:00:00 GMT");
}

TEST_CASE("an answer is a line, its fields and its body") {
  CHECK(say(json_answer(R"({"a":1})"), of("id-1"))
        == "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 7\r\n"
           "X-Request-Id: id-1\r\nContent-Type: application/json\r\n\r\n"
           R"({"a":1})");
}

TEST_CASE("an answer has the fields that mean something and no others") {
  auto response = json_answer("{}");
  response.status = 201;
  response.etag = 18'446'744'073'709'551'615U;
  response.location = "/api/reservations/1";
  response.replayed = true;
  response.rate = {true, true, 7};
  auto terms = of("i");
  terms.rate_policy = R"("default";q=1;w=1)";
  CHECK(say(response, terms)
        == "HTTP/1.1 201 Created\r\nConnection: keep-alive\r\n"
           "Content-Length: 2\r\nX-Request-Id: i\r\n"
           "Content-Type: application/json\r\n"
           "ETag: \"18446744073709551615\"\r\n"
           "Location: /api/reservations/1\r\nIdempotent-Replayed: true\r\n"
           "RateLimit-Policy: \"default\";q=1;w=1\r\n"
           "RateLimit: \"default\";r=7;t=1\r\n\r\n{}");
}

TEST_CASE("a refusal says what may be asked instead, and when") {
  api_response response;
  response.status = 405;
  response.content_type = "application/problem+json";
  response.body = "{}";
  response.challenge = "Bearer";
  response.allow = "GET, HEAD";
  response.retry_after_s = 4'294'967'295U;
  auto terms = of("i");
  terms.keeps_alive = false;
  terms.refuses_coding = true;
  CHECK(say(response, terms)
        == "HTTP/1.1 405 Method Not Allowed\r\nConnection: close\r\n"
           "Content-Length: 2\r\nX-Request-Id: i\r\n"
           "Content-Type: application/problem+json\r\n"
           "WWW-Authenticate: Bearer\r\nAllow: GET, HEAD\r\n"
           "Retry-After: 4294967295\r\nAccept-Encoding: identity\r\n\r\n{}");
}

TEST_CASE("the length of a body is told where it stays away") {
  auto response = json_answer("{}");
  auto terms = of("i");
  terms.is_head = true;
  CHECK(say(response, terms)
        == "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n"
           "X-Request-Id: i\r\nContent-Type: application/json\r\n\r\n");
  response.status = 304;
  response.etag = 3;
  CHECK(say(response, of("i"))
        == "HTTP/1.1 304 Not Modified\r\nConnection: keep-alive\r\n"
           "Content-Length: 2\r\nX-Request-Id: i\r\nETag: \"3\"\r\n\r\n");
}
