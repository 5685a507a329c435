#include "http/edge_answer.hpp"

#include <cstdio>
#include <ctime>

#include "http/problem_table.hpp"

namespace holdfast::http {

namespace {

/// Of what may be in an id JSON escapes these two.
void append_id(std::string& json, std::string_view id) {
  for (const char c : id) {
    if (c == '"' || c == '\\')
      json += '\\';
    json += c;
  }
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

std::string render_problem(error_code code, std::string_view detail,
                           std::string_view instance) {
  const auto& kind = problem_kind_of(code);
  std::string json = R"({"type":"/problems/)";
  json += to_string(code);
  json += R"(","title":")";
  json += kind.title;
  json += R"(","status":)";
  json += std::to_string(kind.status);
  json += R"(,"detail":")";
  json += detail;
  json += R"(","instance":")";
  append_id(json, instance);
  json += R"(","code":")";
  json += to_string(code);
  json += R"(","retryable":)";
  json += is_retryable(code) ? "true" : "false";
  if (code == error_code::invalid_request) {
    json += R"(,"errors":[{"pointer":"","message":")";
    json += detail;
    json += R"("}])";
  }
  json += '}';
  return json;
}

std::string render_refusal(error_code code, std::string_view detail,
                           std::string_view id, bool is_head_request) {
  const auto body = render_problem(code, detail, id);
  const auto status = problem_kind_of(code).status;
  std::string text = "HTTP/1.1 ";
  text += std::to_string(status);
  text += ' ';
  text += reason_phrase(status);
  text += "\r\nDate: ";
  text += format_http_date(std::chrono::system_clock::now());
  text += "\r\nContent-Type: application/problem+json\r\nContent-Length: ";
  text += std::to_string(body.size());
  text += "\r\nX-Request-Id: ";
  text += id;
  text += "\r\nConnection: close\r\n\r\n";
  if (!is_head_request)
    text += body;
  return text;
}

} // namespace holdfast::http
