// The level of the log over HTTP.
#pragma once

#include <string>
#include <string_view>

#include "http/api.hpp"
#include "http/problem.hpp"

namespace holdfast::http {

/// `{"level": "debug"}`.
api_response render_log_level(std::string_view level);

/// The level that a body of that form names, one of `debug`, `info`, `warn`
/// and `error`; adds to `found` what is wrong with it otherwise.
std::string read_log_level(std::string_view body, faults& found);

} // namespace holdfast::http
