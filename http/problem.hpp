// Refusals as problem documents (RFC 9457).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "holdfast/outcome.hpp"
#include "http/api.hpp"

namespace holdfast::http {

/// One thing wrong with a request.
struct fault {
  /// JSON pointer into the body (RFC 6901), empty for the body as a whole. For
  /// what is not in the body: the name of the field or parameter.
  std::string pointer;
  std::string message;
};
using faults = std::vector<fault>;

/// `faults` of one answer: a body of commas must not become a far longer one.
inline constexpr std::size_t faults_max = 100;

/// Of a member, a field or a parameter.
inline constexpr auto given_twice = "is given twice";

/// Name of a member of the body as a JSON pointer (RFC 6901, section 3).
std::string pointer_to(std::string_view name);

/// Adds a fault unless there are `faults_max`.
void add_fault(faults& to, std::string_view pointer, std::string_view message);

/// Adds a fault for a field that came more than once, if one did.
void refuse_duplicate(const api_request& request, faults& found);

/// Answer for a refusal that names nothing but its code (and its faults, for
/// `invalid_request`). `request_id` becomes the `instance`. An empty `detail`
/// takes the usual one of the code.
api_response render_problem(error_code code, std::string_view request_id,
                            std::string_view detail = {},
                            const faults& found = {});

/// Answer for a request with these faults, 400.
api_response render_problem(const faults& found, std::string_view request_id);

/// Answer for a refusal of the domain or of the way there. All but `instance`
/// depends on `refused` alone. Requires `!refused.ok()`.
api_response render_problem(const outcome& refused,
                            std::string_view request_id);

} // namespace holdfast::http
