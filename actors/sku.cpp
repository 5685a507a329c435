#include "actors/sku.hpp"

#include "actors/sku_decision.hpp"
#include "actors/sku_expiry.hpp"
#include "actors/sku_lease.hpp"
#include "actors/sku_outbox.hpp"
#include "actors/sku_recovery.hpp"
#include "actors/sku_retirement.hpp"

namespace holdfast {

namespace {

using sku_pointer = sku_actor::stateful_pointer<sku_state>;

/// Judges `items` in their order; what throws is tried again, and what is
/// behind it waits for a fresh state.
void decide_each(sku_pointer self, operations& items, sku_outbox& out) {
  auto& state = self->state;
  for (std::size_t i = 0; i < items.size() && i < expected_ahead; ++i)
    expect(state, *items[i]);
  settle(state);
  const auto now = self->clock().now();
  for (auto i = items.begin(); i != items.end(); ++i) {
    auto& op = *i;
    if (static_cast<std::size_t>(items.end() - i) > expected_ahead)
      expect(state, *i[expected_ahead]);
    if (op->deadline <= now) {
      if (op->attempts > 0)
        give_up(op, out);
      else
        out.refuse(std::move(op), error_code::deadline_exceeded);
      continue;
    }
    try {
      const auto now_ms = state.config->time->now_ms();
      if (!end_crowd(state, now_ms, out)) {
        state.stash.assign(std::make_move_iterator(i),
                           std::make_move_iterator(items.end()));
        return;
      }
      decide_operation(state, *op, now_ms);
    } catch (...) {
      // Memory can no longer be trusted.
      state.is = sku_state::phase::unloaded;
      retry_later(self, op, current_cause(), out);
      state.stash.assign(std::make_move_iterator(i + 1),
                         std::make_move_iterator(items.end()));
      return;
    }
    out.add(std::move(op));
  }
}

void process(sku_pointer self, operations& items, const journal_actor& journal,
             const store_actor& parent) {
  auto& state = self->state;
  sku_outbox out{self, journal};
  if (!shielded(self, parent, [&] { decide_each(self, items, out); })) {
    // Whose fault it was nobody knows.
    for (auto& op : items)
      if (op)
        retry_later(self, op, "the state of its SKU was lost", out);
    out.send();
    wake_later(self);
    return;
  }
  out.send();
  if (state.is != sku_state::phase::ready) {
    load(self, journal);
    return;
  }
  if (!shielded(self, parent, [&] { arm(self); })) {
    wake_later(self);
    return;
  }
  state.falters = 0;
  show(state);
  if (is_vacant(state))
    self->send(parent, vacant{state.sku});
}

void on_batch(sku_pointer self, batch& in, const journal_actor& journal,
              const store_actor& parent) {
  auto& state = self->state;
  if (in.items.front()->attempts > 0)
    --state.retrying;
  else
    ++state.heard;
  if (state.is == sku_state::phase::ready && state.life->is_doomed())
    state.is = sku_state::phase::unloaded;
  // Who waits for many holds to end comes first.
  if (state.is == sku_state::phase::ready && state.stash.empty()) {
    process(self, in.items, journal, parent);
    return;
  }
  if (state.config->leases && state.is != sku_state::phase::ready) {
    serve_without_lease(self, in.items, journal, parent);
    if (in.items.empty())
      return;
  }
  for (auto& op : in.items)
    state.stash.push_back(std::move(op));
  if (state.is == sku_state::phase::unloaded)
    load(self, journal);
}

void on_loaded(sku_pointer self, const load_reply& reply,
               const journal_actor& journal, const store_actor& parent) {
  auto& state = self->state;
  if (reply.round != state.round)
    return;
  auto waiting = std::exchange(state.stash, {});
  if (!reply.sku) {
    state.is = sku_state::phase::unloaded;
    refuse_unloaded(self, waiting, reply.why, parent);
    return;
  }
  state.is = sku_state::phase::ready;
  state.current = std::move(reply.sku->state);
  state.since_snapshot = reply.sku->since_snapshot;
  state.keys = key_memory{state.config->key_ttl_ms};
  // All of them may live, so none makes room for the next.
  for (const auto& key : reply.sku->keys)
    state.keys.insert(key.hash, key.slot, key.at_ms, 0);
  state.running.clear();
  state.life = reply.life ? reply.life : std::make_shared<sku_life>();
  process(self, waiting, journal, parent);
}

/// Records what expired although nobody asks.
void record_expiries(sku_pointer self, const journal_actor& journal) {
  auto& state = self->state;
  settle(state);
  sku_outbox out{self, journal};
  end_holds(state, state.config->time->now_ms(), out);
  out.send();
  arm(self);
}

/// `due_ms` is what was armed, or 0 after a pause.
void on_expire(sku_pointer self, std::int64_t due_ms,
               const journal_actor& journal, const store_actor& parent) {
  auto& state = self->state;
  std::erase(state.wakes_at_ms, due_ms);
  const auto is_ready = state.is == sku_state::phase::ready;
  const auto is_void = is_ready && state.life->is_doomed();
  if ((state.is == sku_state::phase::unloaded && state.falters > 0)
      || (is_void && !state.stash.empty()))
    load(self, journal);
  if (!is_ready || is_void)
    return;
  if (!state.stash.empty()) {
    auto waiting = std::exchange(state.stash, {});
    process(self, waiting, journal, parent);
    return;
  }
  if (!shielded(self, parent, [&] { record_expiries(self, journal); }))
    wake_later(self);
}

void on_retire(sku_pointer self, const journal_actor& journal,
               const store_actor& parent) {
  auto& state = self->state;
  // A hold that is due may be in the journal still, and nobody but an actor
  // looks at the time. Where there are leases that is for who has them.
  const auto is_lost =
      state.is == sku_state::phase::unloaded
      || (state.is == sku_state::phase::ready && state.life->is_doomed());
  if (is_lost && (!state.config->leases || !state.stash.empty())) {
    load(self, journal);
    self->send(parent, stay{state.sku});
    return;
  }
  if (!shielded(self, parent, [&] { retire(self, journal, parent); }))
    self->send(parent, stay{state.sku});
}

} // namespace

sku_actor::behavior_type sku(sku_pointer self,
                             std::shared_ptr<const store_config> config,
                             std::string name, std::shared_ptr<sku_view> view,
                             journal_actor journal, store_actor parent) {
  self->state.config = std::move(config);
  self->state.view = std::move(view);
  self->state.sku = std::move(name);
  return {
      [=](batch& in) { on_batch(self, in, journal, parent); },
      [=](const load_reply& reply) { on_loaded(self, reply, journal, parent); },
      [=](expire_atom, std::int64_t due_ms) {
        on_expire(self, due_ms, journal, parent);
      },
      [=](retire_atom) { on_retire(self, journal, parent); },
  };
}

} // namespace holdfast
