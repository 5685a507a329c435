#include "actors/sku_decision.hpp"

#include <algorithm>

namespace holdfast {

namespace {

/// True if the key of `op` settles it: running, or answered before.
bool settled_by_key(sku_state& state, operation& op, std::int64_t now_ms) {
  if (state.running.contains(op.hash)) {
    op.answer = refusal(error_code::idempotency_in_flight);
    return true;
  }
  const auto known = state.keys.find(op.hash, now_ms);
  if (!known)
    return false;
  op.slot = *known;
  op.todo = errand::replay;
  return true;
}

void accept(sku_state& state, operation& op, stock_change&& change) {
  op.change = std::move(change);
  op.answer.reset();
  apply(state.current, op.change);
  ++state.since_snapshot;
  op.todo = errand::append;
}

bool is_tried_again(const operation& op) {
  return op.letter && op.letter->id != 0
         && is_made_key(op.letter->id, op.ask.from.key);
}

/// An answer without an event: kept under its key if a write has one, and held
/// back while anything it saw is not durable.
void conclude(sku_state& state, operation& op) {
  const auto is_kept =
      op.answer->ok()
      || (is_business_refusal(op.answer->code) && !is_tried_again(op));
  if (is_keyed_write(op) && is_kept)
    op.todo = errand::remember;
  else if (!op.expired.empty() || !state.life->open.empty())
    op.todo = errand::barrier;
}

void snapshot_if_due(sku_state& state, operation& op) {
  // A state full of holds is dear to copy: wait until that many events paid.
  const auto every = std::max<std::uint64_t>(state.config->snapshot_every,
                                             state.current.holds.size());
  // What goes home at once has nobody to keep it.
  if (state.config->snapshot_every == 0 || state.since_snapshot < every
      || op.todo == errand::none)
    return;
  op.snapshot = std::make_unique<stock>(state.current);
  state.since_snapshot = 0;
}

} // namespace

void expect(const sku_state& state, operation& op) {
  if (!is_keyed_write(op))
    return;
  op.hash = hash_key(op.ask.from, op.ask.reservation);
  state.keys.expect(op.hash);
}

bool settle(sku_state& state) {
  auto& open = state.life->open;
  auto left = expected_ahead;
  for (const auto& each : open) {
    if (left-- == 0 || !each.settled.load(std::memory_order_acquire))
      break;
    state.keys.expect_insert(each.hash);
  }
  while (!open.empty()
         && open.front().settled.load(std::memory_order_acquire)) {
    const auto& done = open.front();
    if (done.grant_version != 0)
      note_grant_seq(state.current, done.grant_version, done.seq);
    if (done.slot != answer_slot{}) {
      state.running.erase(done.hash);
      state.keys.insert(done.hash, done.slot, done.at_ms);
    }
    open.pop_front();
  }
  return open.empty();
}

void expire_holds(sku_state& state, operation& op, std::int64_t now_ms) {
  const auto& expiries = state.current.expiries;
  if (expiries.empty() || expiries.begin()->first > now_ms)
    return;
  op.expired = due_expiries(state.current, op.ask.from, now_ms);
  for (const auto& change : op.expired)
    apply(state.current, change);
  state.since_snapshot += op.expired.size();
}

void decide_operation(sku_state& state, operation& op, std::int64_t now_ms) {
  op.at_ms = now_ms;
  if (is_keyed_write(op) && settled_by_key(state, op, now_ms))
    return;
  expire_holds(state, op, now_ms);
  auto verdict =
      decide(state.current, op.ask, {now_ms, state.config->default_ttl_s});
  if (auto* change = std::get_if<stock_change>(&verdict)) {
    accept(state, op, std::move(*change));
  } else if (auto* answer = std::get_if<outcome>(&verdict)) {
    op.answer = std::move(*answer);
    conclude(state, op);
  } else {
    op.answer.emplace().record = state.current.now;
    op.todo = errand::closed;
  }
  const auto is_kept = op.todo == errand::append || op.todo == errand::remember
                       || op.todo == errand::closed;
  if (is_keyed_write(op) && is_kept)
    state.running.insert(op.hash);
  snapshot_if_due(state, op);
}

void show(const sku_state& state) {
  if (!state.life->open.empty() || !state.stash.empty() || state.retrying > 0
      || state.life->token != 0 || !state.current.exists())
    return;
  const auto& due = state.current.expiries;
  state.view->show(state.current.now,
                   due.empty() ? sku_view::never : due.begin()->first,
                   state.heard);
}

} // namespace holdfast
