// Reports of answers to the log of requests. Has RESTinio in it.
#pragma once

#include <chrono>
#include <string_view>

#include "http/answered_request.hpp"
#include "http/bridge.hpp"
#include "http/edge_observer.hpp"
#include "http/field_text.hpp"
#include "http/problem_table.hpp"
#include "http/request_subject.hpp"
#include "http/restinio_io.hpp"
#include "http/routes.hpp"
#include "http/trace_parent.hpp"

namespace holdfast::http {

/// The only `traceparent` of a request, empty if there is another number.
template <class Request>
std::string_view trace_parent_of(const Request& request) {
  std::string_view found;
  int count = 0;
  request.header().for_each_field([&](const auto& field) {
    if (!restinio::impl::is_equal_caseless(field.name(), "traceparent"))
      return;
    found = trim(field.value());
    ++count;
  });
  return count == 1 ? found : std::string_view{};
}

/// Reports the answer to `call`. Reads the request once more: what only a log
/// wants to know is not carried along with every request.
template <class Request>
void report_answer(const request_log& to, const Request& request,
                   const waiting_request& call, const api_response& response,
                   std::chrono::nanoseconds took) {
  joined_lines joined;
  const auto asked = read_request(request, joined);
  const auto subject =
      subject_of(asked.method, asked.target, asked.idempotency_key);
  const auto peer = edge_observer::peer_text(request.remote_endpoint());
  answered_request line;
  line.id = call.id;
  line.trace = trace_id_of(trace_parent_of(request));
  line.method = asked.method;
  line.route = call.taken ? call.taken->pattern : std::string_view{};
  line.status = response.status;
  line.code = response.code;
  line.micros = took.count() / 1'000;
  line.store = subject.store;
  line.sku = subject.sku;
  line.key_print = subject.key_print;
  line.caller = call.caller;
  line.peer = peer;
  to.write(line);
}

/// Reports what the edge refused, under the id that its answer carries.
inline void report_refusal(const request_log& to, const edge_refusal& refused) {
  answered_request line;
  line.id = refused.id;
  line.trace = refused.trace;
  line.status = problem_kind_of(refused.code).status;
  line.code = refused.code;
  line.peer = refused.peer;
  if (to.wants && to.wants(line.status))
    to.write(line);
}

} // namespace holdfast::http
