#include "actors/group_commit.hpp"

#include <exception>
#include <utility>

#include "actors/journal_guard.hpp"
#include "actors/journal_step.hpp"
#include "actors/letter_log.hpp"
#include "actors/letter_step.hpp"
#include "holdfast/dead_letter.hpp"
#include "src/telemetry/log.hpp"

namespace holdfast {

namespace {

std::uint64_t micros(operation::clock::duration span) {
  return static_cast<std::uint64_t>(span / std::chrono::microseconds{1});
}

void transact(journal_writer_state& state, const operations& items) {
  const disk_visit visit(state);
  const auto start = state.config.now();
  const auto done =
      state.desk ? state.desk->transact(items, state.config.time->now_ms(),
                                        state.config.now)
                 : holdfast::transact(*state.journal, items, state.config.now);
  if (!done)
    return;
  const auto end = state.config.now();
  auto& counters = *state.config.counters;
  state.is_unsealed = true;
  note_room(counters);
  counters.batches.fetch_add(1, std::memory_order_relaxed);
  counters.events.fetch_add(done->events, std::memory_order_relaxed);
  counters.operations.record(done->operations);
  state.last_sync = end - done->written_at;
  counters.commit_micros.record(micros(end - start));
  counters.sync_micros.record(micros(state.last_sync));
  note_letters(counters.letters, *done, *state.journal);
}

/// If it changes something, it may be on the disk.
bool may_be_written(const operation& op) {
  return is_write(op.ask.from.what) || writes_letter(op);
}

/// Looking at its answer threw something that is no error of the journal.
void note_threw(operation& op, const char* cause) {
  op.answer = refusal(may_be_written(op) ? error_code::deadline_exceeded
                                         : error_code::internal);
  telemetry::log_warn("command_threw", {{"cause", to_cause(cause)},
                                        {"store", op.ask.from.store},
                                        {"sku", op.ask.from.sku},
                                        {"attempt", op.attempts + 1}});
}

/// Answers `op` by `work`. Where another process keeps the journal busy, or it
/// has no room to move on in, nothing can be looked up; what was written needs
/// no look, nor do the others of the batch end with this. An error of something
/// else than the journal is nobody else's affair.
template <class F>
void look_up(operation& op, F work) {
  try {
    work();
  } catch (const journal_error& e) {
    if (!passes(e))
      throw;
    op.answer =
        refusal(e.is() == journal_error::kind::busy ? error_code::lease_held
                                                    : error_code::read_only);
  } catch (const std::exception& e) {
    note_threw(op, e.what());
  }
}

/// Its key lives from `now_ms` on.
void sign(const operation& op, receipt& to, std::int64_t now_ms) {
  if (op.todo != errand::replay)
    to.slot = op.slot;
  to.at_ms = now_ms;
  to.seq = op.change.seq;
  to.settled.store(true, std::memory_order_release);
}

void answer_all(journal_writer_state& state, operations& items, answers& out) {
  const disk_visit visit(state);
  const auto now_ms = state.config.time->now_ms();
  for (auto& op : items) {
    if (is_void(*op)) {
      look_up(*op,
              [&] { answer_without_writing(*state.journal, *op, now_ms); });
      op->settlement = nullptr;
    } else {
      look_up(*op, [&] { complete(*state.journal, *op); });
      note_letter(state.config.counters->letters, *op);
      if (auto* const to = std::exchange(op->settlement, nullptr))
        sign(*op, *to, now_ms);
    }
    // Whoever still looks at the answer is no reason to keep a lease.
    if (state.desk)
      op->life.reset();
    out.add(std::move(op));
  }
}

/// Nothing of these was given to the journal.
void refuse_all(operations& items, answers& out) {
  doom(items, error_code::read_only);
  for (auto& op : items)
    out.refuse(std::move(op), error_code::read_only);
}

/// These were given to the journal, and it failed: they may be on the disk.
void leave_open(operations& items, answers& out) {
  for (auto& op : items) {
    if (!op)
      continue;
    const auto code = may_be_written(*op) ? error_code::deadline_exceeded
                                          : error_code::read_only;
    out.refuse(std::move(op), code);
  }
}

/// Nothing of these was written.
void put_off(journal_writer_state& state, operations& items,
             const journal_error& why) {
  const auto is_busy = why.is() == journal_error::kind::busy;
  doom(items, is_busy ? error_code::lease_held : error_code::read_only);
  if (!passes(why))
    throw why;
  if (!is_busy)
    note_full(*state.config.counters);
}

} // namespace

void commit_batch(journal_writer_state& state, operations& items,
                  answers& out) {
  if (state.config.counters->failed) {
    refuse_all(items, out);
    return;
  }
  try {
    try {
      transact(state, items);
    } catch (const journal_error& e) {
      state.journal->rollback();
      put_off(state, items, e);
    }
    answer_all(state, items, out);
  } catch (const journal_error& e) {
    declare_failed(state, e.what());
    leave_open(items, out);
  } catch (const std::exception& e) {
    state.journal->rollback();
    declare_failed(state, e.what());
    leave_open(items, out);
  }
}

void catch_up(journal_writer_state& state) {
  if (!state.config.counters->failed)
    guard(state, [&] { state.journal->catch_up(); });
}

} // namespace holdfast
