// What is said to a request that never reaches a route.
#pragma once

#include <string>
#include <string_view>

#include "holdfast/error_code.hpp"

namespace holdfast::http {

/// A problem (RFC 9457) as JSON. `detail` is written as it is, so it may hold
/// nothing that JSON escapes; `instance` is the id of a request, which is
/// visible ASCII. A code of 400 names its one fault in `errors` too, at the
/// root.
std::string render_problem(error_code code, std::string_view detail,
                           std::string_view instance);

/// A whole response that ends its connection; `id` is that of the request.
/// Without a body, but with its length, for a HEAD (RFC 9110, section 9.3.2).
std::string render_refusal(error_code code, std::string_view detail,
                           std::string_view id, bool is_head_request);

} // namespace holdfast::http
