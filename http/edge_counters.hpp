// How often the edge refused, and why.
#pragma once

#include <cstdint>

#include "holdfast/error_code.hpp"

namespace holdfast::http {

/// Notes one request that was answered before any route saw it. The counters
/// are the process's; thread-safe.
void on_edge_refusal(error_code code) noexcept;

/// Refusals with `code` since the start.
std::uint64_t edge_refusals(error_code code) noexcept;

} // namespace holdfast::http
