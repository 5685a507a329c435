// What the journal writer does when its moment has come: transactions and
// loads. Handlers and messages are its actor's.
#pragma once

#include <memory>

#include "actors/answers.hpp"
#include "actors/journal_writer.hpp"

namespace holdfast {

/// Writes `items` as one transaction and completes their answers into `out`.
/// Lack of space answers them without writing; any other failure is declared
/// and leaves writes open. A journal that failed before is not asked.
void commit_batch(journal_writer_state& state, operations& items, answers& out);

/// State of the SKU, or null if the journal could not be read.
std::shared_ptr<loaded_sku> load_for(journal_writer_state& state,
                                     const load_request& what);

/// Does what the last commit left for when its answers have gone.
void catch_up(journal_writer_state& state);

} // namespace holdfast
