#include "actors/group_commit.hpp"

#include <algorithm>
#include <utility>

#include "actors/journal_step.hpp"
#include "actors/letter_log.hpp"
#include "actors/letter_step.hpp"
#include "src/telemetry/log.hpp"

namespace holdfast {

namespace {

/// How often, in transactions or in operations, the next start is shortened.
constexpr std::size_t checkpoint_batches = 256;
constexpr std::size_t checkpoint_operations = 2'048;
/// SKUs of one step, at least; half as many as there were operations suffice
/// to keep pace where every operation is for another SKU.
constexpr std::size_t checkpoint_budget = 8;
/// SKUs of one step of the last checkpoint, and the time for all steps.
constexpr std::size_t finish_budget = 256;
constexpr std::chrono::milliseconds finish_time{1'500};

void declare_failed(journal_writer_state& state, const char* why) {
  if (!state.config.counters->failed.exchange(true) && state.config.on_fatal)
    state.config.on_fatal(why);
}

void note_full(journal_counters& counters) {
  if (!counters.full.exchange(true))
    telemetry::log_warn("journal_full");
}

void note_room(journal_counters& counters) {
  if (counters.full && counters.full.exchange(false))
    telemetry::log_info("journal_has_room");
}

std::uint64_t micros(operation::clock::duration span) {
  return static_cast<std::uint64_t>(span / std::chrono::microseconds{1});
}

void transact(journal_writer_state& state, const operations& items) {
  const auto start = state.config.now();
  const auto done = holdfast::transact(*state.journal, items, state.config.now);
  if (!done)
    return;
  const auto end = state.config.now();
  auto& counters = *state.config.counters;
  state.is_unsealed = true;
  note_room(counters);
  counters.batches.fetch_add(1, std::memory_order_relaxed);
  counters.events.fetch_add(done->events, std::memory_order_relaxed);
  counters.operations.record(done->operations);
  counters.commit_micros.record(micros(end - start));
  counters.sync_micros.record(micros(end - done->written_at));
  note_letters(counters.letters, *done, *state.journal);
}

void answer_all(journal_writer_state& state, operations& items, answers& out) {
  const auto now_ms = state.config.time->now_ms();
  for (auto& op : items) {
    if (is_void(*op)) {
      answer_without_writing(*state.journal, *op, now_ms);
    } else {
      complete(*state.journal, *op);
      note_letter(state.config.counters->letters, *op);
      // A key lives from here on.
      op->at_ms = now_ms;
      op->settled.store(true, std::memory_order_release);
    }
    out.add(std::move(op));
  }
}

/// Nothing of these was given to the journal.
void refuse_all(operations& items, answers& out) {
  doom(items);
  for (auto& op : items)
    out.refuse(std::move(op), error_code::read_only);
}

/// These were given to the journal, and it failed: they may be on the disk.
void leave_open(operations& items, answers& out) {
  for (auto& op : items) {
    if (!op)
      continue;
    const auto code = is_write(op->ask.from.what) || writes_letter(*op)
                          ? error_code::deadline_exceeded
                          : error_code::read_only;
    out.refuse(std::move(op), code);
  }
}

/// Runs `work` on the journal; anything but a full disk is its end.
template <class F>
void guard(journal_writer_state& state, F work) {
  try {
    work();
  } catch (const journal_error& e) {
    if (e.is() != journal_error::kind::full)
      declare_failed(state, e.what());
  } catch (const std::exception& e) {
    declare_failed(state, e.what());
  }
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
      doom(items);
      if (e.is() != journal_error::kind::full)
        throw;
      note_full(*state.config.counters);
    }
    answer_all(state, items, out);
  } catch (const journal_error& e) {
    if (e.is() != journal_error::kind::full)
      declare_failed(state, e.what());
    leave_open(items, out);
  } catch (const std::exception& e) {
    state.journal->rollback();
    declare_failed(state, e.what());
    leave_open(items, out);
  }
}

std::shared_ptr<loaded_sku> load_for(journal_writer_state& state,
                                     const load_request& what) {
  std::shared_ptr<loaded_sku> found;
  if (!state.config.counters->failed)
    guard(state, [&] {
      const auto since = state.config.time->now_ms() - state.config.key_ttl_ms;
      found = std::make_shared<loaded_sku>(
          state.journal->load(what.store, what.sku, since));
    });
  return found;
}

void catch_up(journal_writer_state& state) {
  if (!state.config.counters->failed)
    guard(state, [&] { state.journal->catch_up(); });
}

void shorten_tail(journal_writer_state& state, std::size_t operations) {
  ++state.batches_since_checkpoint;
  state.operations_since_checkpoint += operations;
  if (state.config.counters->failed
      || (state.batches_since_checkpoint < checkpoint_batches
          && state.operations_since_checkpoint < checkpoint_operations))
    return;
  const auto budget =
      std::max(checkpoint_budget, state.operations_since_checkpoint / 2);
  state.batches_since_checkpoint = state.operations_since_checkpoint = 0;
  guard(state, [&] { state.journal->checkpoint(budget, false); });
}

void seal(journal_writer_state& state) {
  if (state.config.counters->failed || !std::exchange(state.is_unsealed, false))
    return;
  const auto start = state.config.now();
  guard(state, [&] { state.journal->seal(); });
  state.last_seal = state.config.now() - start;
}

void look_for_room(journal_writer_state& state) {
  const auto& counters = *state.config.counters;
  if (!counters.full || counters.failed)
    return;
  guard(state, [&] {
    // Writes down how far the snapshots go, which is true at any time.
    state.journal->checkpoint(0, true);
    note_room(*state.config.counters);
  });
}

void take_last_snapshots(journal_writer_state& state) {
  seal(state);
  const auto until = state.config.now() + finish_time;
  guard(state, [&] {
    while (!state.config.counters->failed && state.config.now() < until)
      if (state.journal->checkpoint(finish_budget, true) == 0)
        break;
  });
}

} // namespace holdfast
