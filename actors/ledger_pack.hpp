// Pages of a ledger as bytes, which is how they travel between nodes.
#pragma once

#include "actors/messages.hpp"

namespace holdfast {

/// Turns the page into `packed`, on the thread of whoever read it: the thread
/// that carries operations between nodes only has to copy it.
void pack(collected& said);

/// The reverse, on the thread of whoever adds it up. What nobody packed stays
/// as it is; bytes that are no page become a `failure`, and cost no more memory
/// than the largest page.
void unpack(collected& said);

} // namespace holdfast
