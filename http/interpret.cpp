#include "http/interpret.hpp"

#include <utility>

#include "http/operation_reader.hpp"
#include "http/page_reader.hpp"
#include "http/problem.hpp"

namespace holdfast::http {

namespace {

api_response no_route(const request_target& target, route_match& match,
                      std::string_view request_id) {
  faults found;
  if (target.malformed()) {
    add_fault(found, "", "the target has no path");
    return render_problem(found, request_id);
  }
  if (match.allow.empty())
    return render_problem(error_code::route_not_found, request_id);
  auto result = render_problem(error_code::method_not_allowed, request_id);
  result.allow = std::move(match.allow);
  return result;
}

/// Whom a request counts against.
std::string_view client_of(const api_request& request,
                           const admission& at_gate) noexcept {
  return at_gate.who ? std::string_view{at_gate.who->name} : request.client;
}

api_response refuse_entry(const entry& entered, std::string_view request_id) {
  auto result = render_problem(entered.code, request_id);
  result.retry_after_s = entered.retry_after_s;
  return result;
}

api_response refuse_entry(const admission& at_gate,
                          std::string_view request_id) {
  auto result = render_problem(at_gate.code, request_id);
  result.challenge = at_gate.challenge;
  return result;
}

/// The journal remembers what these were answered.
bool is_journaled(resource of) noexcept {
  return of == resource::record || of == resource::reservation;
}

/// What is asked by who is let in, on the route that was taken.
void read_asked(const api_request& request, const request_target& target,
                const route_match& match, std::string_view request_id,
                std::string_view node, interpretation& into) {
  const auto of = match.hit->of;
  faults found;
  if (!is_journaled(of))
    into.key = read_page_key(request, target, found);
  into.next =
      of == resource::page
          ? read_page(request, target, match, request_id, std::move(found))
          : read_operation(request, target, match, request_id, node,
                           std::move(found));
}

} // namespace

interpretation interpret(const api_request& request,
                         std::string_view request_id, std::string_view node,
                         authenticator& gate, door& in) {
  const request_target target{request.target};
  auto match = find_route(request.method, target);
  const auto* hit = match.hit;
  // Strangers are not told which routes there are.
  const auto at_gate =
      gate.admit(request.authorization, hit ? hit->needed : role::reader);
  const auto entered = in.admit(hit, client_of(request, at_gate));
  interpretation result{hit, {}, {}, {}, entered.rate};
  if (at_gate.who != nullptr)
    result.caller = at_gate.who->name;
  if (entered.code != error_code::none)
    result.next = refuse_entry(entered, request_id);
  else if (at_gate.code != error_code::none)
    result.next = refuse_entry(at_gate, request_id);
  else if (hit == nullptr)
    result.next = no_route(target, match, request_id);
  else
    read_asked(request, target, match, request_id, node, result);
  if (auto* op = std::get_if<operation_ptr>(&result.next))
    (*op)->ask.from.actor = result.caller;
  else if (auto* page = std::get_if<page_request>(&result.next))
    page->caller = result.caller;
  return result;
}

} // namespace holdfast::http
