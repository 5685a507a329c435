// Connects to another node, in bounded time.
#pragma once

#include "holdfast/roster.hpp"

namespace holdfast {

/// A connected socket that does not block, or -1 if nobody accepted the call
/// in `limits::dial_timeout`. A name may have several addresses: all of them
/// are called at once, since each may be silent, and the first that accepts is
/// it. Blocks its thread so long, and longer where a name has to be looked up.
int call_node(const node_address& to);

} // namespace holdfast
