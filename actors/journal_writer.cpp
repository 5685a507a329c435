#include "actors/journal_writer.hpp"

#include "actors/answers.hpp"
#include "actors/journal_step.hpp"
#include "actors/journal_upkeep.hpp"
#include "holdfast/limits.hpp"

namespace holdfast {

namespace {

using writer_pointer = journal_actor::stateful_pointer<journal_writer_state>;
using counted = std::memory_order;

/// How often a full disk is tried.
constexpr std::chrono::milliseconds look_every{500};

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
    shorten_next_start(*state.journal, ++state.batches);
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

/// Who asks whether the node is ready must learn of new space, even if that is
/// why nobody writes.
void look_later(writer_pointer self) {
  auto& state = self->state;
  const auto& counters = *state.config.counters;
  if (counters.full && !counters.failed
      && !std::exchange(state.is_looking, true))
    self->delayed_send(self, look_every, sweep_atom_v);
}

void look_for_room(writer_pointer self) {
  auto& state = self->state;
  auto& counters = *state.config.counters;
  state.is_looking = false;
  try {
    if (counters.full && !counters.failed)
      counters.full = !has_room(*state.journal);
  } catch (const journal_error& e) {
    declare_failed(state, e.what());
  }
  look_later(self);
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
  look_later(self);
}

void schedule(writer_pointer self) {
  if (std::exchange(self->state.is_scheduled, true))
    return;
  self->send(self, write_atom_v);
}

void finish(writer_pointer self) {
  flush(self);
  auto& state = self->state;
  try {
    if (!state.config.counters->failed)
      finish_checkpoints(*state.journal);
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
      [=](sweep_atom) { look_for_room(self); },
  };
}

} // namespace holdfast
