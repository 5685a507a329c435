// What the journal writer does when its moment has come. Handlers and messages
// are its actor's.
#pragma once

#include "actors/answers.hpp"
#include "actors/journal_writer.hpp"

namespace holdfast {

/// Writes `items` as one transaction and completes their answers into `out`.
/// Lack of space answers them without writing; any other failure is declared
/// and leaves writes open. A journal that failed before is not asked.
void commit_batch(journal_writer_state& state, operations& items, answers& out);

/// Does what the last commit left for when its answers have gone.
void catch_up(journal_writer_state& state);

} // namespace holdfast
