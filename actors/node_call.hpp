// Connects to another node, in bounded time.
#pragma once

#include <vector>

#include "holdfast/roster.hpp"

struct addrinfo;

namespace holdfast {

/// Those of the list `found` that are to be called: without `own`, where this
/// node listens, unless there is nothing else. A node is the first to answer
/// itself, and would never find the others of its name. `own` has port 0 where
/// it does not listen.
std::vector<const addrinfo*> others_of(const addrinfo* found,
                                       const node_address& own);

/// A connected socket that does not block, or -1 if nobody accepted the call
/// in `limits::dial_timeout`. A name may have several addresses: all of them
/// are called at once, but for `own` (see `others_of`), since each may be
/// silent, and the first that accepts is it. Blocks its thread so long, and
/// longer where a name has to be looked up.
int call_node(const node_address& to, const node_address& own);

} // namespace holdfast
