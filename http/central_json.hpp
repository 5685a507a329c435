// The central view and its rounds as answers.
#pragma once

#include <string_view>

#include "holdfast/central_view.hpp"
#include "holdfast/sync_rounds.hpp"
#include "http/api.hpp"

namespace holdfast::http {

/// One SKU over all stores. What a view that is not complete does not have may
/// be in a store that failed: 503 instead of 404.
api_response render_central_sku(const central_view& from, std::string_view sku,
                                std::string_view request_id);

/// A page of SKUs, with `nextCursor` unless it is the last; 503 before the
/// first round.
api_response render_central_page(const central_view& from,
                                 const central_query& wanted,
                                 std::string_view request_id);

api_response render_round(const round_report& done);

api_response render_sync_status(const sync_status& now);

} // namespace holdfast::http
