// What operators may ask of a cluster.
#pragma once

#include "actors/interfaces.hpp"
#include "http/page.hpp"

namespace holdfast::cli {

/// Asks the member actor, nobody on a node that is no member, for a store on a
/// node or for the retirement of one. False for a page about something else;
/// both arguments are as they were then. Thread-safe.
bool answer_wish(const member_actor& member, http::page_request& asked,
                 http::page_reply& reply);

} // namespace holdfast::cli
