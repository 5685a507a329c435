// The parameters of `GET /api/events`.
#pragma once

#include <string_view>

#include "actors/feed_part.hpp"
#include "http/problem.hpp"

namespace holdfast::http {

/// Reads `after`, `limit`, `storeId` and `sku` of `query` into the feed part
/// of `into`. Adds a fault for each that is malformed, unknown or repeated;
/// its pointer is the name of the parameter. `node` is whose cursors
/// count, empty where there may be several: who reads the feeds judges then.
void read_feed_query(std::string_view query, std::string_view node,
                     feed_part& into, faults& found);

} // namespace holdfast::http
