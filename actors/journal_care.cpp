#include "actors/journal_care.hpp"

#include <algorithm>
#include <exception>
#include <tuple>
#include <utility>
#include <vector>

#include "actors/journal_guard.hpp"
#include "actors/lease_notes.hpp"
#include "holdfast/dead_letter.hpp"
#include "holdfast/expiries.hpp"
#include "holdfast/rules.hpp"
#include "src/telemetry/log.hpp"

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

/// A SKU whose holds this process ended.
struct ended {
  leased_name of;
  shared_log::taking taken;
  std::size_t events = 0;
};

/// What ended of a SKU. If that throws the others do not wait for it: it is
/// told again, as long as it is overdue.
std::vector<event> ended_holds(const stock& durable, const origin& of,
                               std::int64_t now_ms) {
  try {
    return due_expiries(durable, of, now_ms);
  } catch (const std::exception& e) {
    telemetry::log_warn(
        "holds_not_ended",
        {{"cause", to_cause(e.what())}, {"store", of.store}, {"sku", of.sku}});
    return {};
  }
}

/// Into the open transaction, of SKUs from the end of `due`, which it takes
/// from there, until it is long enough.
std::vector<ended> write_expiries(journal& log, std::vector<leased_name>& due,
                                  std::int64_t now_ms) {
  std::vector<ended> done;
  std::size_t events = 0;
  while (!due.empty() && events < expiries_max) {
    const auto name = std::move(due.back());
    due.pop_back();
    origin of;
    std::tie(of.store, of.sku) = name;
    // Another process may have been first.
    const auto durable = log.load(of.store, of.sku, now_ms).state;
    auto changes = ended_holds(durable, of, now_ms);
    if (changes.empty())
      continue;
    const auto taken = log.shared()->step_in(of.store, of.sku, now_ms);
    if (taken.token == 0)
      continue;
    for (auto& change : changes)
      log.append(change);
    done.push_back({name, taken, changes.size()});
    events += changes.size();
  }
  return done;
}

/// One transaction of that.
void end_holds(journal_writer_state& state, std::vector<leased_name>& due,
               std::int64_t now_ms) {
  auto& log = *state.journal;
  std::vector<ended> done;
  log.begin();
  try {
    done = write_expiries(log, due, now_ms);
    log.commit();
  } catch (...) {
    log.rollback();
    throw;
  }
  if (done.empty())
    return;
  state.is_unsealed = true;
  auto& counters = *state.config.counters;
  counters.batches += 1;
  for (const auto& each : done) {
    note_taken(*state.config.leases, each.of, each.taken);
    counters.events += each.events;
  }
}

/// Throws if there is no room for a transaction to begin in. Where others write
/// they would have to wait for it, and it needs no room before its commit.
void try_to_begin(const journal_writer_state& state) {
  if (state.desk)
    return;
  auto& log = *state.journal;
  try {
    log.begin();
  } catch (...) {
    log.rollback();
    throw;
  }
  log.rollback();
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
    care(state, [&] { state.is_unsealed = !state.journal->seal(); });
}

void tidy_leases(journal_writer_state& state) {
  guard(state, [&] { state.desk->tidy(state.config.time->now_ms()); });
}

void end_overdue_holds(journal_writer_state& state) {
  guard(state, [&] {
    const auto now_ms = state.config.time->now_ms();
    auto due = state.journal->shared()->overdue(now_ms);
    while (!due.empty())
      end_holds(state, due, now_ms);
  });
}

void look_whether_full(journal_writer_state& state) {
  guard(state, [&] { note_if_full(state, [&] { try_to_begin(state); }); });
}

void look_for_room(journal_writer_state& state) {
  const auto& counters = *state.config.counters;
  if (!counters.full || counters.failed)
    return;
  guard(state, [&] {
    try_to_begin(state);
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
