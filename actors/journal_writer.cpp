#include "actors/journal_writer.hpp"

#include "actors/group_commit.hpp"
#include "holdfast/limits.hpp"

namespace holdfast {

namespace {

using writer_pointer = journal_actor::stateful_pointer<journal_writer_state>;

/// How often a full disk is tried.
constexpr std::chrono::milliseconds look_every{500};

void look_later(writer_pointer self) {
  auto& state = self->state;
  const auto& counters = *state.config.counters;
  if (counters.full && !counters.failed
      && !std::exchange(state.is_looking, true))
    self->delayed_send(self, look_every, sweep_atom_v);
}

void flush(writer_pointer self) {
  auto& state = self->state;
  state.is_scheduled = false;
  auto items = std::exchange(state.queue, {});
  auto loads = std::exchange(state.loads, {});
  const auto count = items.size();
  answers out;
  commit_batch(state, items, out);
  out.send(self);
  // After the commit, so that each sees everything queued before it.
  for (auto& [what, who] : loads)
    self->send(who, load_reply{what.round, load_for(state, what)});
  shorten_tail(state, count);
  look_later(self);
}

void schedule(writer_pointer self) {
  if (std::exchange(self->state.is_scheduled, true))
    return;
  self->send(self, write_atom_v);
}

void finish(writer_pointer self) {
  flush(self);
  take_last_snapshots(self->state);
  self->state.journal.reset();
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
      [=](sweep_atom) {
        self->state.is_looking = false;
        look_for_room(self->state);
        look_later(self);
      },
  };
}

} // namespace holdfast
