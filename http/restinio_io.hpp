// Between RESTinio's requests and our values. Included by the two threads of
// the server: every file with RESTinio in it costs fifteen seconds of
// compiling.
#pragma once

#include <ctime>
#include <string>
#include <string_view>

#include <restinio/all.hpp>

#include "http/api.hpp"
#include "http/field_text.hpp"
#include "http/problem_table.hpp"
#include "http/rate_fields.hpp"

namespace holdfast::http {

/// True unless a Content-Encoding of this value leaves the body as it is.
inline bool names_coding(std::string_view value) noexcept {
  return !value.empty()
         && !restinio::impl::is_equal_caseless(value, "identity");
}

/// What a request spelled in several lines, as one.
struct joined_lines {
  std::string if_match;
  std::string if_none_match;
  /// Some Content-Encoding does not leave the body as it is.
  bool is_coded = false;
};

/// Adds a `line` to the list `into`; one of several lines is kept in `joined`.
inline void join_line(std::string_view& into, std::string& joined,
                      std::string_view line) {
  if (into.data() == nullptr) {
    into = line;
    return;
  }
  joined = std::string{into}.append(", ").append(line);
  into = joined;
}

/// Picks the fields that mean something here, in one pass. Lines of a list are
/// one list (RFC 9110, section 5.3). The views live as long as `request` and
/// `joined`.
template <class Request>
api_request read_request(const Request& request, joined_lines& joined) {
  api_request out;
  const auto& header = request.header();
  out.method = header.method().c_str();
  out.target = header.request_target();
  out.body = request.body();
  const auto take = [&out](std::string_view& into, const auto& field) {
    if (into.data())
      out.duplicate_field = field.name();
    into = trim(field.value());
  };
  // Who says two things says nothing.
  const auto take_sole = [](std::string_view& into, const auto& field) {
    into = into.data() == nullptr ? trim(field.value()) : std::string_view{""};
  };
  header.for_each_field([&](const auto& field) {
    using restinio::http_field;
    switch (field.field_id()) {
    case http_field::authorization:
      return take_sole(out.authorization, field);
    case http_field::content_type:
      return take(out.content_type, field);
    case http_field::content_encoding:
      joined.is_coded = joined.is_coded || names_coding(trim(field.value()));
      return;
    case http_field::if_match:
      return join_line(out.if_match, joined.if_match, trim(field.value()));
    case http_field::if_none_match:
      return join_line(out.if_none_match, joined.if_none_match,
                       trim(field.value()));
    case http_field::field_unspecified:
      if (restinio::impl::is_equal_caseless(field.name(), "Idempotency-Key"))
        take(out.idempotency_key, field);
      else if (restinio::impl::is_equal_caseless(field.name(), "X-Request-Id"))
        take_sole(out.request_id, field);
      return;
    default:
      return;
    }
  });
  // Of no type that is read here, whatever it was before it was coded (RFC
  // 9110, section 8.4).
  if (joined.is_coded)
    out.content_type = "";
  return out;
}

/// The Date field (RFC 9110, section 6.6.1), formatted once a second.
inline const std::string& http_date() {
  thread_local std::time_t made_at = 0;
  thread_local std::string text;
  const auto now = std::time(nullptr);
  if (now != made_at) {
    made_at = now;
    text = restinio::make_date_field_value(now);
  }
  return text;
}

/// What an answer says that does not depend on it.
struct response_terms {
  /// Ends the connection after it.
  bool closes = false;
  /// RateLimit-Policy of answers that were counted.
  const std::string& rate_policy;
};

/// Appends the fields of `response` but its length.
template <class Builder>
void append_fields(Builder& builder, api_response& response,
                   std::string request_id, const response_terms& terms) {
  using restinio::http_field;
  if (terms.closes)
    builder.connection_close();
  builder.append_header(http_field::date, http_date());
  builder.append_header("X-Request-Id", std::move(request_id));
  if (response.status != 304)
    builder.append_header(http_field::content_type,
                          std::string{response.content_type});
  if (response.etag != 0) {
    std::string etag{"\""};
    etag += std::to_string(response.etag);
    etag += '"';
    builder.append_header(http_field::etag, std::move(etag));
  }
  if (!response.challenge.empty())
    builder.append_header(http_field::www_authenticate,
                          std::string{response.challenge});
  if (!response.location.empty())
    builder.append_header(http_field::location, std::move(response.location));
  if (!response.allow.empty())
    builder.append_header(http_field::allow, std::move(response.allow));
  if (response.retry_after_s != 0)
    builder.append_header(http_field::retry_after,
                          std::to_string(response.retry_after_s));
  if (response.replayed)
    builder.append_header("Idempotent-Replayed", "true");
  if (response.rate.is_counted) {
    builder.append_header("RateLimit-Policy", terms.rate_policy);
    builder.append_header("RateLimit", rate_field(response.rate));
  }
}

/// Refuses a body because it is coded, and not because of its type. Reads the
/// request once more, as hardly one is answered so.
template <class Request>
bool refuses_coding(const Request& request, const api_response& response) {
  if (response.code != error_code::unsupported_media_type)
    return false;
  joined_lines joined;
  read_request(request, joined);
  return joined.is_coded;
}

/// Writes `response`; the body of a 304 or an answer to HEAD stays here, its
/// length does not.
template <class Request>
void write_response(Request& request, api_response&& response,
                    std::string request_id, const response_terms& terms) {
  restinio::http_status_line_t line{
      restinio::http_status_code_t{response.status},
      std::string{reason_phrase(response.status)}};
  const auto is_head =
      request.header().method() == restinio::http_method_head();
  const auto has_body = !is_head && response.status != 304;
  if (has_body) {
    auto builder = request.create_response(std::move(line));
    append_fields(builder, response, std::move(request_id), terms);
    // RFC 9110, sections 12.5.3 and 15.5.16.
    if (refuses_coding(request, response))
      builder.append_header(restinio::http_field::accept_encoding, "identity");
    builder.set_body(std::move(response.body));
    builder.done();
    return;
  }
  auto builder =
      request.template create_response<restinio::user_controlled_output_t>(
          std::move(line));
  append_fields(builder, response, std::move(request_id), terms);
  builder.set_content_length(response.body.size());
  builder.done();
}

} // namespace holdfast::http
