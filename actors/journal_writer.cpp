#include "actors/journal_writer.hpp"

#include <algorithm>
#include <iterator>

#include "actors/group_commit.hpp"
#include "holdfast/limits.hpp"

namespace holdfast {

namespace {

using writer_pointer = journal_actor::stateful_pointer<journal_writer_state>;

/// How often a full disk is tried.
constexpr std::chrono::milliseconds look_every{500};
/// How long the seal of a commit may be outstanding on a quick disk.
constexpr std::chrono::milliseconds seal_after{100};
/// How often this process looks who wants its leases.
constexpr std::chrono::milliseconds lease_look_every{50};
/// Fewer operations than this are never divided: a transaction costs as much
/// as that many.
constexpr std::size_t even_batch_min = 32;

void publish(const journal_writer_state& state) {
  state.config.counters->queued.store(state.queue.size(),
                                      std::memory_order_relaxed);
}

void look_later(writer_pointer self) {
  auto& state = self->state;
  const auto& counters = *state.config.counters;
  if (counters.full && !counters.failed
      && !std::exchange(state.is_looking, true))
    self->delayed_send(self, look_every, sweep_atom_v);
}

/// A slow disk is asked less often.
void seal_later(writer_pointer self) {
  auto& state = self->state;
  if (state.is_unsealed && !std::exchange(state.is_sealing, true))
    self->delayed_send(
        self,
        std::max<operation::clock::duration>(
            {seal_after, 8 * state.last_seal, 8 * state.last_commit}),
        seal_atom_v);
}

void schedule(writer_pointer self) {
  if (std::exchange(self->state.is_scheduled, true))
    return;
  self->send(self, write_atom_v);
}

/// How many operations the next transaction takes. Everything, unless that is
/// more than half of all that seem to be under way: a caller whose answer just
/// left will soon be back, and one transaction of all would leave the other
/// threads idle while it is written, and itself idle while they answer.
std::size_t batch_size(const journal_writer_state& state) {
  const auto waiting = state.queue.size();
  const auto half = (waiting + state.last_batch + 1) / 2;
  return std::min({waiting, std::max(half, even_batch_min), limits::batch_max});
}

operations take_batch(journal_writer_state& state) {
  const auto end =
      state.queue.begin() + static_cast<std::ptrdiff_t>(batch_size(state));
  operations taken{std::make_move_iterator(state.queue.begin()),
                   std::make_move_iterator(end)};
  state.queue.erase(state.queue.begin(), end);
  state.last_batch = taken.size();
  state.taken += taken.size();
  return taken;
}

/// Takes the leases of all that are ready to be loaded, in one transaction.
std::vector<std::shared_ptr<sku_life>>
take_due_leases(journal_writer_state& state) {
  std::vector<load_request> wanted;
  for (const auto& each : state.loads)
    if (each.after <= state.taken)
      wanted.push_back(each.what);
  return take_leases(state, wanted);
}

/// After the commit, so that each sees everything that was queued before it.
void answer_loads(writer_pointer self) {
  auto& state = self->state;
  std::vector<std::shared_ptr<sku_life>> lives;
  if (state.desk && !state.loads.empty())
    lives = take_due_leases(state);
  for (std::size_t i = 0;
       !state.loads.empty() && state.loads.front().after <= state.taken; ++i) {
    const auto& next = state.loads.front();
    self->send(next.who, load_for(state, next.what,
                                  i < lives.size() ? lives[i] : nullptr));
    state.loads.pop_front();
  }
}

void flush(writer_pointer self) {
  auto& state = self->state;
  state.is_scheduled = false;
  auto items = take_batch(state);
  publish(state);
  answers out;
  commit_batch(state, items, out);
  out.send(self);
  answer_loads(self);
  catch_up(state);
  shorten_tail(state, state.last_batch);
  look_later(self);
  seal_later(self);
  if (!state.queue.empty())
    schedule(self);
}

void finish(writer_pointer self) {
  do
    flush(self);
  while (!self->state.queue.empty());
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
  self->state.config.counters->letters.kept =
      self->state.journal->letter_count();
  if (self->state.journal->shared() != nullptr) {
    self->state.desk = std::make_unique<lease_desk>(*self->state.journal,
                                                    self->state.config.leases);
    self->delayed_send(self, lease_look_every, lease_atom_v);
  }
  return {
      [=](batch& in) {
        auto& state = self->state;
        state.received += in.items.size();
        state.queue.insert(state.queue.end(),
                           std::make_move_iterator(in.items.begin()),
                           std::make_move_iterator(in.items.end()));
        publish(state);
        schedule(self);
      },
      [=](load_request& what, sku_actor& who) {
        auto& state = self->state;
        state.loads.push_back(
            {std::move(what), std::move(who), state.received});
        schedule(self);
      },
      [=](finish_atom) { finish(self); },
      [=](write_atom) {
        if (self->state.is_scheduled)
          flush(self);
      },
      [=](seal_atom) {
        self->state.is_sealing = false;
        seal(self->state);
      },
      [=](sweep_atom) {
        self->state.is_looking = false;
        look_for_room(self->state);
        look_later(self);
      },
      [=](lease_atom) {
        if (!self->state.config.counters->failed)
          tidy_leases(self->state);
        self->delayed_send(self, lease_look_every, lease_atom_v);
      },
  };
}

} // namespace holdfast
