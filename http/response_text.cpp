#include "http/response_text.hpp"

#include <cstdio>
#include <ctime>

#include "http/number_text.hpp"
#include "http/problem_table.hpp"
#include "http/rate_fields.hpp"

namespace holdfast::http {

namespace {

/// More than the fields of most answers take.
constexpr std::size_t fields_bytes = 384;

/// The Date field (RFC 9110, section 6.6.1), formatted once a second.
const std::string& date_now() {
  thread_local std::time_t made_at = 0;
  thread_local std::string text;
  const auto now = std::time(nullptr);
  if (now != made_at) {
    made_at = now;
    text = format_http_date(std::chrono::system_clock::from_time_t(now));
  }
  return text;
}

/// Every line begins where the one before it ended: `name` is with the end of
/// that, and the colon.
void append_field(std::string& to, std::string_view name,
                  std::string_view value) {
  if (!value.empty())
    to.append(name).append(value);
}

/// What every answer has.
void append_frame(std::string& to, const api_response& response,
                  const response_terms& terms) {
  to += "HTTP/1.1 ";
  append_number(to, response.status);
  to += ' ';
  to += reason_phrase(response.status);
  to += terms.keeps_alive ? "\r\nConnection: keep-alive\r\nContent-Length: "
                          : "\r\nConnection: close\r\nContent-Length: ";
  append_number(to, response.body.size());
  append_field(to, "\r\nDate: ", date_now());
  append_field(to, "\r\nX-Request-Id: ", terms.request_id);
}

void append_fields(std::string& to, const api_response& response,
                   const response_terms& terms) {
  if (response.status != 304)
    append_field(to, "\r\nContent-Type: ", response.content_type);
  if (response.etag != 0) {
    to += "\r\nETag: \"";
    append_number(to, response.etag);
    to += '"';
  }
  append_field(to, "\r\nWWW-Authenticate: ", response.challenge);
  append_field(to, "\r\nLocation: ", response.location);
  append_field(to, "\r\nAllow: ", response.allow);
  if (response.retry_after_s != 0) {
    to += "\r\nRetry-After: ";
    append_number(to, response.retry_after_s);
  }
  if (response.replayed)
    to += "\r\nIdempotent-Replayed: true";
  if (response.rate.is_counted) {
    append_field(to, "\r\nRateLimit-Policy: ", terms.rate_policy);
    append_field(to, "\r\nRateLimit: ", rate_field(response.rate));
  }
  if (terms.refuses_coding)
    to += "\r\nAccept-Encoding: identity";
}

} // namespace

// Not strftime: names of days and months must not follow the locale.
std::string format_http_date(std::chrono::system_clock::time_point when) {
  constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed",
                                  "Thu", "Fri", "Sat"};
  constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto seconds = std::chrono::system_clock::to_time_t(when);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  char text[64];
  std::snprintf(text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d GMT",
                days[utc.tm_wday], utc.tm_mday, months[utc.tm_mon],
                utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
  return text;
}

std::string response_text(const api_response& response,
                          const response_terms& terms) {
  std::string text;
  text.reserve(fields_bytes + response.body.size());
  append_frame(text, response, terms);
  append_fields(text, response, terms);
  text += "\r\n\r\n";
  if (!terms.is_head && response.status != 304)
    text += response.body;
  return text;
}

} // namespace holdfast::http
