#include "actors/journal_writer.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "actors/group_commit.hpp"
#include "actors/journal_care.hpp"
#include "actors/journal_loads.hpp"
#include "actors/letter_log.hpp"
#include "holdfast/expiries.hpp"

namespace holdfast {

namespace {

/// How often a full disk is tried.
constexpr std::chrono::milliseconds look_every{500};
/// How long the seal of a commit may be outstanding on a quick disk.
constexpr std::chrono::milliseconds seal_after{100};
/// How often this process looks who wants its leases.
constexpr std::chrono::milliseconds lease_look_every{50};

void publish(const journal_writer_state& state) {
  state.config.counters->queued.store(state.queue.size(),
                                      std::memory_order_relaxed);
}

void take_in(journal_writer_state& state) {
  state.received += state.config.inbox->take(state.queue);
  publish(state);
}

/// A slow disk is sealed less often.
void plan_care(writer_pointer self) {
  auto& state = self->state;
  const auto& counters = *state.config.counters;
  if (counters.failed)
    return;
  if (counters.full && !std::exchange(state.is_looking, true))
    self->delayed_send(self, look_every, sweep_atom_v);
  if (state.is_unsealed && !std::exchange(state.is_sealing, true))
    self->delayed_send(
        self,
        std::max<operation::clock::duration>(seal_after, care_pause(state)),
        seal_atom_v);
}

void schedule(writer_pointer self) {
  if (!std::exchange(self->state.is_scheduled, true))
    self->send(self, write_atom_v);
}

operations take_batch(journal_writer_state& state) {
  auto end = state.queue.begin();
  auto left = state.pace.batch_size(state.queue.size());
  for (std::size_t expiries = 0; left > 0 && expiries < expiries_max; --left)
    expiries += (*end++)->expired.size();
  operations taken{std::make_move_iterator(state.queue.begin()),
                   std::make_move_iterator(end)};
  state.queue.erase(state.queue.begin(), end);
  state.taken += taken.size();
  return taken;
}

void flush(writer_pointer self) {
  auto& state = self->state;
  state.is_scheduled = state.is_pausing = false;
  answer_free_loads(self);
  auto items = take_batch(state);
  const auto count = items.size();
  publish(state);
  answers out;
  const auto begin = self->clock().now();
  commit_batch(state, items, out);
  out.send(self);
  const auto end = self->clock().now();
  if (count > 0)
    state.pace.committed(count, end - begin, end);
  answer_loads(self);
  go_on_with_loads(self);
  catch_up(state);
  shorten_tail(state, count);
  plan_care(self);
  // Even for nothing: what is there by now came meanwhile.
  schedule(self);
}

/// A pause may be over before its time.
void look_who_is_back(writer_pointer self) {
  auto& state = self->state;
  if (state.config.inbox->tell_at(state.pace.missing(state.queue.size())))
    self->send(self, arrival_atom_v);
}

void on_arrival(writer_pointer self) {
  auto& state = self->state;
  take_in(state);
  if (!state.is_pausing)
    schedule(self);
  else if (state.pace.are_all_back(state.queue.size()))
    flush(self);
  else
    look_who_is_back(self);
}

/// What was there is in the queue: now, or after a pause, it is time.
void take_turn(writer_pointer self) {
  auto& state = self->state;
  take_in(state);
  const auto left = state.pace.pause(state.queue.size(), self->clock().now());
  if (state.queue.empty() && state.loads.empty() && state.long_loads.empty())
    state.is_scheduled = false;
  else if (left == left.zero())
    flush(self);
  else if (!std::exchange(state.is_pausing, true)) {
    self->delayed_send(self, left, write_atom_v);
    look_who_is_back(self);
  }
}

void finish(writer_pointer self) {
  do {
    take_in(self->state);
    flush(self);
  } while (!self->state.queue.empty());
  take_last_snapshots(self->state);
  if (self->state.desk)
    self->state.desk->give_up_all(self->state.config.time->now_ms());
  self->state.desk.reset();
  self->state.journal.reset();
  self->quit();
}

} // namespace

journal_actor::behavior_type journal_writer(writer_pointer self,
                                            journal_ptr journal,
                                            journal_writer_config config) {
  self->state.journal = std::move(journal);
  self->state.config = std::move(config);
  count_letters(self->state.config.counters->letters, *self->state.journal);
  if (self->state.journal->shared() != nullptr) {
    const auto& given = self->state.config;
    self->state.desk = std::make_unique<lease_desk>(*self->state.journal,
                                                    given.leases, given.watch);
    self->delayed_send(self, lease_look_every, lease_atom_v);
  }
  look_whether_full(self->state);
  plan_care(self);
  return {
      [=](arrival_atom) { on_arrival(self); },
      [=](batch& in) {
        auto& state = self->state;
        state.received += in.items.size();
        state.queue.insert(state.queue.end(),
                           std::make_move_iterator(in.items.begin()),
                           std::make_move_iterator(in.items.end()));
        on_arrival(self);
      },
      [=](load_request& what, sku_actor& who) {
        auto& state = self->state;
        take_in(state);
        add_load(self, std::move(what), std::move(who));
        if (!state.loads.empty() || !state.long_loads.empty())
          schedule(self);
      },
      [=](finish_atom) { finish(self); },
      [=](write_atom) {
        if (self->state.is_scheduled)
          take_turn(self);
      },
      [=](seal_atom) {
        self->state.is_sealing = false;
        seal(self->state);
        plan_care(self);
      },
      [=](sweep_atom) {
        self->state.is_looking = false;
        look_for_room(self->state);
        plan_care(self);
      },
      [=](lease_atom) {
        if (!self->state.config.counters->failed) {
          tidy_leases(self->state);
          end_overdue_holds(self->state);
          // That look has seen what others did about letters, too.
          count_letters(self->state.config.counters->letters,
                        *self->state.journal);
          plan_care(self);
        }
        self->delayed_send(self, lease_look_every, lease_atom_v);
      },
  };
}

} // namespace holdfast
