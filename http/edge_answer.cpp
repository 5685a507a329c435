#include "http/edge_answer.hpp"

#include "http/api.hpp"
#include "http/problem_table.hpp"
#include "http/response_text.hpp"

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
  api_response refused;
  refused.status = problem_kind_of(code).status;
  refused.body = render_problem(code, detail, id);
  refused.content_type = problem_media_type;
  response_terms terms;
  terms.request_id = id;
  terms.keeps_alive = false;
  terms.is_head = is_head_request;
  return response_text(refused, terms);
}

} // namespace holdfast::http
