#include "actors/journal_writer.hpp"

#include <algorithm>

#include "actors/answers.hpp"
#include "actors/journal_step.hpp"
#include "holdfast/limits.hpp"

namespace holdfast {

namespace {

using writer_pointer = journal_actor::stateful_pointer<journal_writer_state>;
using counted = std::memory_order;

/// How often, in transactions, and how much the next start is shortened.
constexpr std::uint64_t checkpoint_every = 32;
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
  const auto needed = std::any_of(items.begin(), items.end(), [](auto& op) {
    return !is_void(*op) && (writes(*op) || op->todo == errand::closed);
  });
  if (!needed)
    return;
  const auto start = operation::clock::now();
  auto& log = *state.journal;
  std::uint64_t events = 0;
  log.begin();
  for (const auto& op : items) {
    if (is_void(*op))
      continue;
    record(log, *op);
    events += op->expired.size() + (op->todo == errand::append ? 1 : 0);
  }
  log.commit();
  auto& counters = *state.config.counters;
  const auto spent = operation::clock::now() - start;
  counters.full.store(false, counted::relaxed);
  counters.batches.fetch_add(1, counted::relaxed);
  counters.events.fetch_add(events, counted::relaxed);
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

void write(journal_writer_state& state, operations& items, answers& out) {
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
    if (++state.batches % checkpoint_every == 0)
      state.journal->checkpoint(checkpoint_budget, false);
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

std::shared_ptr<loaded_sku> load(journal_writer_state& state,
                                 const load_request& what) {
  if (state.config.counters->failed)
    return nullptr;
  try {
    const auto since = state.config.time->now_ms() - state.config.key_ttl_ms;
    return std::make_shared<loaded_sku>(
        state.journal->load(what.store, what.sku, since));
  } catch (const std::exception& e) {
    declare_failed(state, e.what());
    return nullptr;
  }
}

void flush(writer_pointer self) {
  auto& state = self->state;
  state.is_scheduled = false;
  auto items = std::exchange(state.queue, {});
  auto loads = std::exchange(state.loads, {});
  answers out;
  if (state.config.counters->failed)
    refuse_all(items, out);
  else
    write(state, items, out);
  out.send(self);
  // After the commit, so that each sees everything queued before it.
  for (auto& [what, who] : loads)
    self->send(who, load_reply{what.round, load(state, what)});
}

void schedule(writer_pointer self) {
  if (std::exchange(self->state.is_scheduled, true))
    return;
  self->send(self, write_atom_v);
}

void finish(writer_pointer self) {
  flush(self);
  auto& state = self->state;
  const auto until = operation::clock::now() + finish_time;
  try {
    while (!state.config.counters->failed && operation::clock::now() < until)
      if (state.journal->checkpoint(finish_budget, true) == 0)
        break;
  } catch (const journal_error& e) {
    if (e.is() != journal_error::kind::full)
      declare_failed(state, e.what());
  }
  state.journal.reset();
  self->quit();
}

} // namespace

journal_actor::behavior_type journal_writer(writer_pointer self,
                                            journal_ptr journal,
                                            journal_writer_config config) {
  self->state.journal = std::move(journal);
  self->state.config = std::move(config);
  return {
      [=](batch& in) {
        auto& queue = self->state.queue;
        for (auto& op : in.items)
          queue.push_back(std::move(op));
        if (queue.size() >= limits::batch_max)
          flush(self);
        else
          schedule(self);
      },
      [=](load_request& what, sku_actor& who) {
        self->state.loads.push_back({std::move(what), std::move(who)});
        schedule(self);
      },
      [=](finish_atom) { finish(self); },
      [=](write_atom) {
        if (self->state.is_scheduled)
          flush(self);
      },
  };
}

} // namespace holdfast
