// From a request to what has to be done about it.
#pragma once

#include <string_view>
#include <variant>

#include "actors/operation.hpp"
#include "http/authenticator.hpp"
#include "http/page.hpp"

namespace holdfast::http {

/// What a request asks for, or why it is refused.
struct interpretation {
  /// The route that was taken, null if there is none.
  const route* taken = nullptr;
  /// A refusal to send back at once; a page that the server fills in itself;
  /// or an operation to send on, complete but for `ticket`, `bridge`,
  /// `deadline` and `hash`.
  std::variant<api_response, page_request, operation_ptr> next;
  /// Name of the caller's key, empty where nobody was asked or told. Valid
  /// until the keys are exchanged.
  std::string_view caller;
};

/// Judges `request` in this order: its route (404, 405), its caller (401, 403),
/// the ids in its path (400, 404), its content type (415), its fields and its
/// body together (400). A PUT without a precondition is sent on to learn the
/// version that its 428 names. `request_id` becomes the instance of a problem;
/// `node` is whose cursors are taken; `gate` belongs to the calling thread.
interpretation interpret(const api_request& request,
                         std::string_view request_id, std::string_view node,
                         authenticator& gate);

} // namespace holdfast::http
