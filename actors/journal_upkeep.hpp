// What the journal writer does for the journal itself, between the requests.
#pragma once

#include "holdfast/journal.hpp"

namespace holdfast {

/// Once in a while, by the number of transactions so far, takes a few of the
/// snapshots that shorten the next start. May throw `journal_error`.
void shorten_next_start(journal& log, std::uint64_t transactions);

/// Takes as many of them as a short time allows for.
void finish_checkpoints(journal& log);

/// True if there is room for a small transaction, which is tried. May throw
/// any other `journal_error`.
bool has_room(journal& log);

} // namespace holdfast
