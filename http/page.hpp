// Requests about the node itself, answered without the chain of a SKU.
#pragma once

#include <array>
#include <functional>
#include <string>

#include "http/api.hpp"
#include "http/routes.hpp"

namespace holdfast::http {

/// What was asked for. Owns its text: the answer may come after the call.
struct page_request {
  builtin which = builtin::none;
  /// Becomes the instance of a problem.
  std::string request_id;
  /// Name of the caller's key, empty where nobody was asked or told.
  std::string caller;
  /// What the `{…}` of the pattern took, decoded.
  std::array<std::string, 2> captured;
  /// What follows `?`, as received; for `parse_query`.
  std::string query;
  /// As received; JSON by its content type, if there is one.
  std::string body;
};

/// Sends the answer. Call it once, from any thread, while the server is there
/// or after: what comes too late is dropped. Given to a `page_function` it is
/// owed: whoever loses it, or the last copy, refuses with `shutting_down`.
using page_reply = std::function<void(api_response&&)>;

/// Answers a page at once or later. Called on IO threads, must not block.
using page_function = std::function<void(page_request&&, page_reply)>;

} // namespace holdfast::http
