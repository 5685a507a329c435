#include "http/page_key.hpp"

#include <functional>
#include <set>

#include <nlohmann/json.hpp>

#include "http/fingerprint.hpp"
#include "http/object_reader.hpp"
#include "http/preconditions.hpp"

namespace holdfast::http {

namespace {

/// False for what no page takes. It repeats nothing, though a more lenient
/// parser finds the same in it as in a body that was taken.
bool is_sound(std::string_view body) {
  faults found;
  std::set<std::string, std::less<>> given;
  read_object(body, found, [&](std::string_view name, json_scanner& from) {
    return given.emplace(name).second
               ? from.skip_value(1)
               : refuse_member(name, given_twice, from, found);
  });
  return found.empty();
}

/// An object of that library has its members sorted.
std::string canonical(std::string_view body) {
  if (body.empty())
    return "{}";
  return nlohmann::json::parse(body, nullptr, false).dump();
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
  if (!is_sound(request.body))
    return std::nullopt;
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
