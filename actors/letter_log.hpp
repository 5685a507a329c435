// What the log and the counters are told about dead letters.
#pragma once

#include "actors/journal_step.hpp"
#include "actors/letter_counters.hpp"

namespace holdfast {

/// `op` is complete, and what it did is durable.
void note_letter(letter_counters& counters, const operation& op);

/// `done` is durable.
void note_letters(letter_counters& counters, const transaction& done,
                  const journal& log);

} // namespace holdfast
