// From a request to a question about the node.
#pragma once

#include <string_view>
#include <variant>

#include "actors/operation.hpp"
#include "http/page.hpp"
#include "http/problem.hpp"

namespace holdfast::http {

/// The page that `request` asks for, or why it is refused (400, 415). `match`
/// is what the table of routes said about its `target`, `found` what is wrong
/// with it so far. Thread-safe.
std::variant<api_response, page_request, operation_ptr>
read_page(const api_request& request, const request_target& target,
          const route_match& match, std::string_view request_id,
          faults&& found);

} // namespace holdfast::http
