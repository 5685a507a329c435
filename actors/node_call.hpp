// Connects to another node, in bounded time.
#pragma once

#include "holdfast/roster.hpp"

namespace holdfast {

/// A connected socket that does not block, or -1 if nobody accepted the call
/// in `limits::dial_timeout`. Blocks its thread so long, and longer where a
/// name has to be looked up.
int call_node(const node_address& to);

} // namespace holdfast
