// What a node says about its cluster.
#pragma once

#include "actors/cluster_board.hpp"
#include "http/cluster_json.hpp"
#include "http/page_json.hpp"
#include "src/cli/node_view.hpp"

namespace holdfast::cli {

/// The nodes, and the stores of all of them. `now` is what the member actor
/// shows; a node that is no member is all there is.
http::api_response cluster_page(const cluster_snapshot& now,
                                const node_view& of);
http::api_response stores_page(const cluster_snapshot& now,
                               const node_view& of);

} // namespace holdfast::cli
