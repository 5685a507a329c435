#include "actors/journal_care.hpp"

#include <algorithm>
#include <utility>

#include "actors/journal_guard.hpp"
#include "actors/lease_notes.hpp"
#include "holdfast/overdue_holds.hpp"
#include "holdfast/rules.hpp"

namespace holdfast {

namespace {

/// How often, in transactions or in operations, the next start is shortened.
constexpr std::size_t checkpoint_batches = 256;
constexpr std::size_t checkpoint_operations = 2'048;
/// A disk whose syncs take this long is slow. It takes care of the tables for
/// no more than one part of 128 of the time: fewer than one answer of a hundred
/// is late because of that. A quick one has little to wait for.
constexpr std::chrono::milliseconds slow_sync{4};
constexpr int care_share = 127;
constexpr std::chrono::seconds care_pause_max{60};
/// SKUs of one step, at least; half as many as there were operations suffice
/// to keep pace where every operation is for another SKU.
constexpr std::size_t checkpoint_budget = 8;
/// SKUs of one step of the last checkpoint, and the time for all steps.
constexpr std::size_t finish_budget = 256;
constexpr std::chrono::milliseconds finish_time{1'500};

/// Runs `work` on the journal while callers wait for it.
template <class F>
void care(journal_writer_state& state, F work) {
  const auto start = state.config.now();
  guard(state, std::move(work));
  state.care_ended = state.config.now();
  state.last_care = state.care_ended - start;
}

/// Into the open transaction. Returns how many events that are.
std::uint64_t write_expiries(journal_writer_state& state, overdue_holds& holds,
                             const std::vector<leased_name>& due,
                             std::int64_t now_ms) {
  std::uint64_t written = 0;
  for (const auto& [store, sku] : due) {
    origin of;
    of.store = store;
    of.sku = sku;
    // Another process may have been first.
    auto changes =
        due_expiries(state.journal->load(store, sku, now_ms).state, of, now_ms);
    const auto taken = changes.empty() ? shared_log::taking{}
                                       : holds.step_in(store, sku, now_ms);
    if (taken.token == 0)
      continue;
    note_taken(*state.config.leases, {store, sku}, taken);
    for (auto& change : changes)
      state.journal->append(change);
    written += changes.size();
  }
  return written;
}

} // namespace

operation::clock::duration care_pause(const journal_writer_state& state) {
  return state.last_sync < slow_sync
             ? operation::clock::duration{}
             : std::min<operation::clock::duration>(
                 care_share * state.last_care, care_pause_max);
}

void shorten_tail(journal_writer_state& state, std::size_t operations) {
  ++state.batches_since_checkpoint;
  state.operations_since_checkpoint += operations;
  if (state.config.counters->failed
      || (state.batches_since_checkpoint < checkpoint_batches
          && state.operations_since_checkpoint < checkpoint_operations)
      || state.config.now() < state.care_ended + care_pause(state))
    return;
  const auto budget =
      std::max(checkpoint_budget, state.operations_since_checkpoint / 2);
  state.batches_since_checkpoint = state.operations_since_checkpoint = 0;
  care(state, [&] { state.journal->checkpoint(budget, false); });
}

void seal(journal_writer_state& state) {
  if (!state.config.counters->failed && std::exchange(state.is_unsealed, false))
    care(state, [&] { state.journal->seal(); });
}

void tidy_leases(journal_writer_state& state) {
  guard(state, [&] { state.desk->tidy(state.config.time->now_ms()); });
}

void end_overdue_holds(journal_writer_state& state) {
  // Only a journal that is shared can tell of some.
  auto* holds = dynamic_cast<overdue_holds*>(state.journal.get());
  if (holds == nullptr)
    return;
  guard(state, [&] {
    const auto now_ms = state.config.time->now_ms();
    const auto due = holds->overdue(now_ms);
    if (due.empty())
      return;
    state.journal->begin();
    try {
      const auto events = write_expiries(state, *holds, due, now_ms);
      state.journal->commit();
      state.is_unsealed = true;
      state.config.counters->batches += 1;
      state.config.counters->events += events;
    } catch (...) {
      state.journal->rollback();
      throw;
    }
  });
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
