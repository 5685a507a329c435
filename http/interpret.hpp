// From a request to what has to be done about it.
#pragma once

#include <optional>
#include <string_view>
#include <variant>

#include "actors/operation.hpp"
#include "http/authenticator.hpp"
#include "http/door.hpp"
#include "http/page.hpp"
#include "http/page_key.hpp"

namespace holdfast::http {

/// What a request asks for, or why it is refused.
struct interpretation {
  /// The route that was taken, null if there is none.
  const route* taken = nullptr;
  /// A refusal to send back at once; a page that the server fills in itself;
  /// or an operation to send on, complete but for `ticket`,
  /// `reply_to`, `deadline` and `hash`.
  std::variant<api_response, page_request, operation_ptr> next;
  /// Of a request that is not about stock: its Idempotency-Key, if any. `next`
  /// is for one that was not answered before.
  std::optional<page_key> key;
  /// Name of the caller's API key, empty where nobody was asked or told. Valid
  /// until the keys are exchanged.
  std::string_view caller;
  /// What every answer to it says about the rate of its client.
  rate_verdict rate;
};

/// Judges `request` in this order: how often its caller asks, and what waits
/// already (429, 503), its caller (401, 403), its route (404, 405), the ids in
/// its path (400, 404), its content type (415), its fields and its body
/// together (400). A PUT without a precondition is sent on to learn the version
/// that its 428 names. `request_id` becomes the instance of a problem; `node`
/// is whose cursors are taken; `gate` and `in` belong to the calling thread.
interpretation interpret(const api_request& request,
                         std::string_view request_id, std::string_view node,
                         authenticator& gate, door& in);

} // namespace holdfast::http
