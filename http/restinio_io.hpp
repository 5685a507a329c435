// Between RESTinio's requests and our values. Included by the two threads of
// the server: every file with RESTinio in it costs fifteen seconds of
// compiling.
#pragma once

#include <string>
#include <string_view>

#include <restinio/all.hpp>

#include "http/api.hpp"
#include "http/field_text.hpp"
#include "http/response_text.hpp"

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

/// Writes `response` on the connection that `request` came from, which ends the
/// life of `request` there. Not by a builder of RESTinio: that takes all fields
/// as strings of their own, puts them together once more, and writes two
/// buffers.
template <class Request>
void write_response(Request& request, const api_response& response,
                    response_terms terms) {
  const auto& header = request.header();
  terms.keeps_alive = terms.keeps_alive && header.should_keep_alive();
  terms.is_head = header.method() == restinio::http_method_head();
  terms.refuses_coding = refuses_coding(request, response);
  restinio::writable_items_container_t items;
  items.emplace_back(response_text(response, terms));
  const auto connection =
      std::move(restinio::impl::access_req_connection(request));
  connection->write_response_parts(
      request.request_id(),
      {restinio::response_parts_attr_t::final_parts,
       restinio::response_connection_attr(terms.keeps_alive)},
      restinio::write_group_t{std::move(items)});
}

} // namespace holdfast::http
