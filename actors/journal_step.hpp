// What the journal writer does with one operation inside a transaction and
// after it: pure of CAF, so that a test can drive it.
#pragma once

#include <optional>

#include "actors/operation.hpp"

namespace holdfast {

/// True if `op` puts something into a transaction.
bool writes(const operation& op);

/// Writes what `op` decided into the open transaction of `log`; answers a
/// question about a closed reservation, which may depend on rows before it.
void record(journal& log, operation& op);

/// What a transaction was.
struct transaction {
  std::uint64_t events = 0;
  std::uint64_t operations = 0;
  /// Dead letters whose command it carried out.
  std::uint64_t letters_settled = 0;
  /// When its rows were written, and only the commit was left to do.
  operation::clock::time_point written_at;
};

/// One transaction with all of `items` that are not void; nothing if there was
/// nothing to write. Voids what was decided for a dead letter that is gone.
/// May throw `journal_error`.
std::optional<transaction> transact(journal& log, const operations& items,
                                    const operation::now_function& now);
/// Its halves: whether there is something to write, and all that follows the
/// beginning of a transaction.
bool need_transaction(const operations& items);
transaction record_all(journal& log, const operations& items,
                       const operation::now_function& now);

/// Completes `op` after the commit: its answer from the rows it wrote, or a
/// stored answer, or a page of the feed.
void complete(journal& log, operation& op);

/// Answers an operation whose transaction was rolled back, or whose lease is
/// lost: a read from what is durable, everything else with the reason.
void answer_without_writing(journal& log, operation& op, std::int64_t now_ms);

/// Operations on top of something that was not written are not written.
bool is_void(const operation& op);
/// Voids whatever is decided on what these were decided on.
void doom(const operations& items, error_code why = error_code::read_only);

} // namespace holdfast
