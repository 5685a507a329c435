#include "actors/group_commit.hpp"

#include <algorithm>
#include <utility>

#include "actors/journal_step.hpp"

namespace holdfast {

namespace {

using counted = std::memory_order;

/// How often, in transactions or in operations, the next start is shortened.
constexpr std::size_t checkpoint_batches = 32;
constexpr std::size_t checkpoint_operations = 1'024;
/// SKUs of one step, at least; half as many as there were operations suffice
/// to keep pace where every operation is for another SKU.
constexpr std::size_t checkpoint_budget = 8;
/// SKUs of one step of the last checkpoint, and the time for all steps.
constexpr std::size_t finish_budget = 256;
constexpr std::chrono::milliseconds finish_time{1'500};

void declare_failed(journal_writer_state& state, const char* why) {
  if (state.config.counters->failed.exchange(true))
    return;
  if (state.config.on_fatal)
    state.config.on_fatal(why);
}

void transact(journal_writer_state& state, const operations& items) {
  const auto start = operation::clock::now();
  const auto events = holdfast::transact(*state.journal, items);
  if (!events)
    return;
  auto& counters = *state.config.counters;
  const auto spent = operation::clock::now() - start;
  state.is_unsealed = true;
  counters.full.store(false, counted::relaxed);
  counters.batches.fetch_add(1, counted::relaxed);
  counters.events.fetch_add(*events, counted::relaxed);
  counters.commit_micros.fetch_add(
      std::chrono::duration_cast<std::chrono::microseconds>(spent).count(),
      counted::relaxed);
}

void answer_all(journal_writer_state& state, operations& items, answers& out) {
  const auto now_ms = state.config.time->now_ms();
  for (auto& op : items) {
    if (is_void(*op)) {
      answer_without_writing(*state.journal, *op, now_ms);
    } else {
      complete(*state.journal, *op);
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
    const auto code = is_write(op->ask.from.what)
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
      state.config.counters->full.store(true, counted::relaxed);
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

void shorten_tail(journal_writer_state& state, std::size_t operations) {
  ++state.batches_since_checkpoint;
  state.operations_since_checkpoint += operations;
  const auto due =
      state.batches_since_checkpoint >= checkpoint_batches
      || state.operations_since_checkpoint >= checkpoint_operations;
  if (!due || state.config.counters->failed)
    return;
  const auto budget =
      std::max(checkpoint_budget, state.operations_since_checkpoint / 2);
  state.batches_since_checkpoint = 0;
  state.operations_since_checkpoint = 0;
  guard(state, [&] { state.journal->checkpoint(budget, false); });
}

void seal(journal_writer_state& state) {
  if (state.config.counters->failed || !std::exchange(state.is_unsealed, false))
    return;
  const auto start = operation::clock::now();
  guard(state, [&] { state.journal->seal(); });
  state.last_seal = operation::clock::now() - start;
}

void look_for_room(journal_writer_state& state) {
  auto& counters = *state.config.counters;
  if (!counters.full || counters.failed)
    return;
  guard(state, [&] {
    // Writes down how far the snapshots go, which is true at any time.
    state.journal->checkpoint(0, true);
    counters.full = false;
  });
}

void take_last_snapshots(journal_writer_state& state) {
  seal(state);
  const auto until = operation::clock::now() + finish_time;
  guard(state, [&] {
    while (!state.config.counters->failed && operation::clock::now() < until)
      if (state.journal->checkpoint(finish_budget, true) == 0)
        break;
  });
}

} // namespace holdfast
