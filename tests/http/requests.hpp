// Requests and answers for the tests of the codec.
#pragma once

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "http/interpret.hpp"
#include "http/render.hpp"

namespace holdfast::http {

inline const std::string base =
    "/api/inventory/stores/store-1/inventory/85123A";

/// A view that outlives the expression `text` comes from, as a request needs.
inline std::string_view keep(std::string text) {
  static std::set<std::string> kept;
  return *kept.insert(std::move(text)).first;
}

inline api_request get(std::string target) {
  api_request result;
  result.method = "GET";
  result.target = keep(std::move(target));
  return result;
}

inline api_request send(std::string_view method, std::string target,
                        std::string body) {
  api_request result;
  result.method = method;
  result.target = keep(std::move(target));
  result.body = keep(std::move(body));
  result.content_type = "application/json";
  return result;
}

/// A door that lets everybody in.
inline door& open_door() {
  static admission_control control = [] {
    settings unlimited;
    unlimited.rate_limit_rps = 0;
    unlimited.load_shed_queue_max = 0;
    return admission_control{unlimited};
  }();
  static door made{control};
  return made;
}

inline interpretation interpreted(const api_request& request) {
  authenticator nobody_asks;
  return interpret(request, "request-1", "n1", nobody_asks, open_door());
}

/// The operation that `request` becomes; fails the case if it is refused.
inline operation_ptr operation_of(const api_request& request) {
  auto result = interpreted(request);
  if (const auto* refused = std::get_if<api_response>(&result.next))
    FAIL(refused->body);
  return std::get<operation_ptr>(result.next);
}

/// The answer that `request` gets at once.
inline api_response refusal_of(const api_request& request) {
  auto result = interpreted(request);
  REQUIRE(std::holds_alternative<api_response>(result.next));
  return std::get<api_response>(std::move(result.next));
}

/// The answer that `done` becomes.
inline api_response rendered(const operation& done) {
  return render(done, "request-1", "n1");
}

/// Pointers of the faults of a problem, in order.
inline std::vector<std::string> pointers_of(const api_response& problem) {
  const auto body = nlohmann::json::parse(problem.body);
  std::vector<std::string> result;
  for (const auto& each : body.at("errors"))
    result.push_back(each.at("pointer"));
  return result;
}

} // namespace holdfast::http
