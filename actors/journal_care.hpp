// What the journal writer does for the tables and for the next start, while
// callers wait. When is its actor's.
#pragma once

#include <cstddef>

#include "actors/journal_writer.hpp"

namespace holdfast {

/// How long the tables are to be left alone, so that a slow disk does not make
/// many callers wait for them.
operation::clock::duration care_pause(const journal_writer_state& state);

/// Bounds what the next start has to read. Call it when the answers to the
/// last `operations` have left.
void shorten_tail(journal_writer_state& state, std::size_t operations);

/// Makes durable how far the commits went. Call it now and then.
void seal(journal_writer_state& state);

/// Gives up the leases that others want, and those that nobody uses.
void tidy_leases(journal_writer_state& state);

/// Records the ends of holds that nobody records, where several processes share
/// the journal: whoever had the lease of their SKUs is gone.
void end_overdue_holds(journal_writer_state& state);

/// Notes a disk that has no room for the first transaction, so that a node is
/// not ready until there is some, though nobody writes. Where processes share
/// the journal the first write tells.
void look_whether_full(journal_writer_state& state);

/// Tries a small transaction on a disk that was full: who asks whether the
/// node is ready must learn of new space, even if that is why nobody writes.
void look_for_room(journal_writer_state& state);

/// Leaves the next start as little to read as a short time allows.
void take_last_snapshots(journal_writer_state& state);

} // namespace holdfast
