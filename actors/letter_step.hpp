// What the journal writer does with dead letters: pure of CAF, as all of
// `journal_step.hpp`, which calls it.
#pragma once

#include "actors/operation.hpp"

namespace holdfast {

/// True if `op` changes letters inside a transaction.
bool writes_letter(const operation& op) noexcept;

/// True for an operation that is about letters as such and has no command.
bool is_about_letters(errand what) noexcept;

/// Buries the command of `op`, or drops the letter that it means, in the open
/// transaction.
void record_letter(journal& log, operation& op);

/// Answers after the commit; a command whose key has an answer already is left
/// to be replayed.
void complete_letter(journal& log, operation& op);

/// Dooms other tries of letters that are gone by now, or that one of `items`
/// before them drops: they must not be written, or they would be applied twice.
void doom_stale_retries(const journal& log, const operations& items);

/// A command that was carried out under its key needs no letter: removes it in
/// the same transaction. The number of letters removed.
std::uint64_t settle_letter(journal& log, const operation& op);

} // namespace holdfast
