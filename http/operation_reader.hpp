// From a request to what an actor is asked.
#pragma once

#include <string_view>
#include <variant>

#include "actors/operation.hpp"
#include "http/page.hpp"
#include "http/problem.hpp"

namespace holdfast::http {

/// The operation that `request` asks for, or why it is refused: the ids in its
/// path (400, 404), its content type (415), its fields and its body together
/// (400). `match` is what the table of routes said about its `target`; `node`
/// is whose cursors are taken; `found` is what is wrong with it so far.
/// Thread-safe.
std::variant<api_response, page_request, operation_ptr>
read_operation(const api_request& request, const request_target& target,
               const route_match& match, std::string_view request_id,
               std::string_view node, faults&& found);

} // namespace holdfast::http
