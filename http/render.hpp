// Answers as JSON. Nothing here decides anything: what an operation brought
// back is written down, and the same outcome is always the same bytes.
#pragma once

#include <string_view>

#include "actors/operation.hpp"
#include "http/api.hpp"

namespace holdfast::http {

/// Answer to a finished operation: a record, a reservation, both, a page of
/// the feed, or a problem with `request_id` as its instance. 304 for a read
/// whose If-None-Match names the version. The answer to a HEAD is that to a
/// GET: whoever writes it to the socket leaves the body out and keeps its
/// length. `node` names this node in the feed.
api_response render(const operation& done, std::string_view request_id,
                    std::string_view node);

} // namespace holdfast::http
