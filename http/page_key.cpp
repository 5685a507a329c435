#include "http/page_key.hpp"

#include <nlohmann/json.hpp>

#include "holdfast/limits.hpp"
#include "http/fingerprint.hpp"
#include "http/preconditions.hpp"

namespace holdfast::http {

namespace {

using nlohmann::json;

/// Deeper ones are refused by whoever reads the body. Left out here, so that
/// no depth is too great for the stack.
bool is_shallow(int depth, json::parse_event_t, json&) {
  return static_cast<std::size_t>(depth) <= limits::json_depth_max;
}

/// An object of that library has its members sorted.
std::string canonical(std::string_view body) {
  if (body.empty())
    return "{}";
  const auto read = json::parse(body, is_shallow, false);
  return read.dump(-1, ' ', false, json::error_handler_t::ignore);
}

} // namespace

std::optional<page_key> read_page_key(const api_request& request,
                                      const request_target& target,
                                      faults& found) {
  const auto changes = request.method == "POST" || request.method == "PUT";
  if (!changes || request.idempotency_key.data() == nullptr)
    return std::nullopt;
  std::string key;
  if (!parse_idempotency_key(request.idempotency_key, key)) {
    add_fault(found, "Idempotency-Key", bad_idempotency_key);
    return std::nullopt;
  }
  page_key result;
  result.scope = request.method;
  // No segment has a control character in it.
  for (const auto& segment : target.segments())
    result.scope.append(1, '\n').append(segment.text);
  result.scope.append(1, '\n').append(key);
  result.body = sha256(canonical(request.body));
  return result;
}

} // namespace holdfast::http
