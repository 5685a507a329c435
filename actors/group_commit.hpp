// What the journal writer does when its moment has come: transactions, loads
// and the care for the next start. Handlers and messages are its actor's.
#pragma once

#include <memory>

#include "actors/answers.hpp"
#include "actors/journal_writer.hpp"

namespace holdfast {

/// Writes `items` as one transaction and completes their answers into `out`.
/// Lack of space answers them without writing; any other failure is declared
/// and leaves writes open. A journal that failed before is not asked.
void commit_batch(journal_writer_state& state, operations& items, answers& out);

/// A life under a lease for each of `wanted`, null where there is none to be
/// had. Where nobody shares the journal nothing may be wanted.
std::vector<std::shared_ptr<sku_life>>
take_leases(journal_writer_state& state,
            const std::vector<load_request>& wanted);

/// State of the SKU, unless the journal could not be read, or it takes a lease
/// and there is no `life` under one.
load_reply load_for(journal_writer_state& state, const load_request& what,
                    std::shared_ptr<sku_life> life = nullptr);

/// Does what the last commit left for when its answers have gone.
void catch_up(journal_writer_state& state);

/// Bounds what the next start has to read. Call it when the answers to the
/// last `operations` have left.
void shorten_tail(journal_writer_state& state, std::size_t operations);

/// Makes durable how far the commits went. Call it now and then.
void seal(journal_writer_state& state);

/// Gives up the leases that others want, and those that nobody uses.
void tidy_leases(journal_writer_state& state);

/// Tries a small transaction on a disk that was full: who asks whether the
/// node is ready must learn of new space, even if that is why nobody writes.
void look_for_room(journal_writer_state& state);

/// Leaves the next start as little to read as a short time allows.
void take_last_snapshots(journal_writer_state& state);

} // namespace holdfast
