#include "actors/letter_log.hpp"

#include "holdfast/limits.hpp"
#include "src/telemetry/log.hpp"

namespace holdfast {

namespace {

void note_buried(letter_counters& counters, const operation& op) {
  const auto& from = op.ask.from;
  const auto& part = *op.letter;
  if (part.is_kept) {
    counters.buried.add();
    telemetry::log_fault("dead_letter", part.cause,
                         {{"id", part.id},
                          {"store", from.store},
                          {"sku", from.sku},
                          {"attempts", op.attempts + 1}});
  } else if (op.slot == answer_slot{} && part.id == 0) {
    counters.lost.add();
    telemetry::log_fault("dead_letters_full", part.cause,
                         {{"store", from.store},
                          {"sku", from.sku},
                          {"max", limits::dead_letters_max}});
  }
}

} // namespace

void note_letter(letter_counters& counters, const operation& op) {
  if (op.todo == errand::bury) {
    note_buried(counters, op);
  } else if (op.todo == errand::drop_letter && is_ok(op)) {
    counters.dropped.add();
    telemetry::log_info("dead_letter_dropped",
                        {{"id", op.letter->id}, {"caller", op.ask.from.actor}});
  }
}

void count_letters(letter_counters& counters, const journal& log) {
  counters.kept.store(log.letter_count(), std::memory_order_relaxed);
}

void note_letters(letter_counters& counters, const transaction& done,
                  const journal& log) {
  count_letters(counters, log);
  if (done.letters_settled == 0)
    return;
  counters.settled.add(done.letters_settled);
  telemetry::log_info("dead_letters_settled",
                      {{"count", done.letters_settled}});
}

} // namespace holdfast
