#include "actors/sku_retirement.hpp"

#include "actors/sku_decision.hpp"
#include "actors/sku_outbox.hpp"

namespace holdfast {

namespace {

using sku_pointer = sku_actor::stateful_pointer<sku_state>;

/// The next load need not read further back than this, and others need not
/// wait for the lease to expire.
void leave_snapshot(sku_pointer self, const journal_actor& journal) {
  auto& state = self->state;
  auto op = std::make_shared<operation>();
  op->ask.from.store = state.config->store;
  op->ask.from.sku = state.sku;
  op->todo = state.life->token != 0 ? errand::give_up : errand::barrier;
  op->life = state.life;
  op->at_ms = state.config->time->now_ms();
  if (state.since_snapshot > 0)
    op->snapshot = std::make_unique<stock>(std::move(state.current));
  sku_outbox{self, journal}.hand_on(std::move(op));
}

} // namespace

bool is_vacant(const sku_state& state) noexcept {
  return !state.current.exists() && state.life->open.empty()
         && state.retrying == 0 && state.keys.size() == 0;
}

void retire(sku_pointer self, const journal_actor& journal,
            const store_actor& parent) {
  auto& state = self->state;
  const auto is_ready = state.is == sku_state::phase::ready;
  const auto is_void = state.is == sku_state::phase::unloaded
                       || (is_ready && state.life->is_doomed());
  if (is_void && state.retrying == 0) {
    // What is in memory here is not in the journal, or nothing is.
    self->quit();
    return;
  }
  const auto may_go = is_ready && !is_void && settle(state)
                      && state.current.holds.empty() && state.retrying == 0
                      && state.keys.expire(state.config->time->now_ms());
  if (!may_go) {
    self->send(parent, stay{state.sku});
    return;
  }
  if (state.since_snapshot > 0 || state.life->token != 0)
    leave_snapshot(self, journal);
  self->quit();
}

} // namespace holdfast
