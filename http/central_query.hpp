// The parameters of `GET /api/inventory/skus`.
#pragma once

#include <string_view>

#include "holdfast/central_view.hpp"
#include "http/problem.hpp"

namespace holdfast::http {

/// Reads `storeId`, `cursor` and `limit`. Adds a fault for each that is
/// malformed, unknown or repeated; its pointer is the name of the parameter.
central_query read_central_query(std::string_view query, faults& found);

} // namespace holdfast::http
