// The log of a node, line by line.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/end_to_end/checks.hpp"
#include "tests/end_to_end/live_node.hpp"

namespace holdfast::live {

/// The lines of `event` so far; the test ends if a line is no JSON.
std::vector<json> lines_of(const live_node& node, const std::string& event);

/// Waits until `holds` for these lines, and returns them. The test fails if
/// that takes too long.
std::vector<json>
await_lines(const live_node& node, const std::string& event,
            const std::function<bool(const std::vector<json>&)>& holds);

/// The field that gives a request this id.
inline std::string with_id(const std::string& id) {
  return "X-Request-Id: " + id + "\r\n";
}

/// Waits for the line of the request with this id.
json await_request(const live_node& node, const std::string& id);

} // namespace holdfast::live
