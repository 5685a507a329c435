// What the log and the counters are told about dead letters.
#pragma once

#include "actors/journal_step.hpp"
#include "actors/letter_counters.hpp"

namespace holdfast {

/// `op` is complete, and what it did is durable.
void note_letter(letter_counters& counters, const operation& op);

/// How many there are, as far as `log` knows.
void count_letters(letter_counters& counters, const journal& log);

/// `done` is durable.
void note_letters(letter_counters& counters, const transaction& done,
                  const journal& log);

} // namespace holdfast
