#include "http/problem.hpp"

#include "holdfast/words.hpp"
#include "http/json_writer.hpp"
#include "http/problem_table.hpp"

namespace holdfast::http {

namespace {

/// Seconds until a repeat makes sense, 0 where the caller is not to wait.
std::uint32_t retry_after_s(error_code code, std::uint16_t status) noexcept {
  const bool wait = status == 503 || status == 429
                    || code == error_code::idempotency_in_flight;
  return wait ? 1 : 0;
}

void open_problem(json_writer& out, error_code code, std::string_view detail,
                  std::string_view request_id) {
  const auto& kind = problem_kind_of(code);
  const auto name = to_string(code);
  out.reserve(512);
  out.open('{').name("type").value(std::string{"/problems/"}.append(name));
  out.member("title", kind.title).member("status", kind.status);
  out.member("detail", detail.empty() ? kind.detail : detail);
  out.member("instance", request_id).member("code", name);
  out.name("retryable").flag(is_retryable(code));
}

api_response close_problem(json_writer& out, error_code code) {
  out.close('}');
  api_response result;
  result.status = problem_kind_of(code).status;
  result.code = code;
  result.content_type = problem_media_type;
  result.retry_after_s = retry_after_s(code, result.status);
  result.body = out.take();
  return result;
}

void write_faults(json_writer& out, const faults& found) {
  if (found.empty())
    return;
  out.name("errors").open('[');
  for (const auto& [pointer, message] : found) {
    out.open('{').member("pointer", pointer);
    out.member("message", message).close('}');
  }
  out.close(']');
}

void member_unless_absent(json_writer& out, std::string_view name,
                          std::int64_t number) {
  if (number != absent)
    out.member(name, number);
}

} // namespace

std::string pointer_to(std::string_view name) {
  std::string result{"/"};
  for (const char c : name) {
    if (c == '~' || c == '/')
      result.append(c == '~' ? "~0" : "~1");
    else
      result.push_back(c);
  }
  return result;
}

void add_fault(faults& to, std::string_view pointer, std::string_view message) {
  if (to.size() < faults_max)
    to.push_back({std::string{pointer}, std::string{message}});
}

void refuse_duplicate(const api_request& request, faults& found) {
  if (!request.duplicate_field.empty())
    add_fault(found, request.duplicate_field, given_twice);
}

api_response render_problem(error_code code, std::string_view request_id,
                            std::string_view detail, const faults& found) {
  json_writer out;
  open_problem(out, code, detail, request_id);
  write_faults(out, found);
  return close_problem(out, code);
}

api_response render_problem(const faults& found, std::string_view request_id) {
  return render_problem(error_code::invalid_request, request_id, {}, found);
}

api_response render_problem(const outcome& refused,
                            std::string_view request_id) {
  json_writer out;
  open_problem(out, refused.code, {}, request_id);
  member_unless_absent(out, "expectedVersion", refused.expected_version);
  member_unless_absent(out, "currentVersion", refused.current_version);
  member_unless_absent(out, "requested", refused.requested);
  member_unless_absent(out, "available", refused.available);
  member_unless_absent(out, "held", refused.held);
  member_unless_absent(out, "limit", refused.limit);
  if (refused.code == error_code::reservation_closed)
    out.member("state", to_string(refused.state));
  auto result = close_problem(out, refused.code);
  result.replayed = refused.replayed;
  return result;
}

} // namespace holdfast::http
