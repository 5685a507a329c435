// Bodies of requests about sync rounds.
#pragma once

#include <chrono>
#include <string_view>

#include "http/problem.hpp"

namespace holdfast::http {

/// The `intervalMs` of `{"intervalMs": 5000}`. Adds every fault of the body.
std::chrono::milliseconds read_interval(std::string_view body, faults& found);

/// The body of a request that needs none: nothing, or `{}`.
void read_nothing(std::string_view body, faults& found);

} // namespace holdfast::http
