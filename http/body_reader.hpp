// From the body of a request to a command: strict, in one pass.
#pragma once

#include <string_view>

#include "holdfast/command.hpp"
#include "http/problem.hpp"

namespace holdfast::http {

/// Reads `body` into `ask`, whose `from` has its action, path kind, store, SKU
/// and key already. With a key, the fingerprint is taken too: SHA-256 of the
/// body as canonical JSON, members sorted, no white space. An empty body is
/// one without members. Adds every fault of the body to `found`; `ask` is
/// usable only if there were none. The id of a reservation that is not of this
/// store and SKU leaves `ask.reservation` empty, which finds nothing.
void read_body(std::string_view body, command& ask, faults& found);

} // namespace holdfast::http
