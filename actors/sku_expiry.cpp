#include "actors/sku_expiry.hpp"

#include <algorithm>
#include <iterator>

#include "actors/sku_decision.hpp"
#include "holdfast/expiries.hpp"

namespace holdfast {

namespace {

/// A hold whose grant is not written yet cannot end. Its SKU looks again this
/// often, however long the disk takes.
constexpr std::int64_t unwritten_pause_ms = 100;

/// More are due than one operation may carry.
bool is_crowded(const sku_state& state, std::int64_t now_ms) {
  const auto& expiries = state.current.expiries;
  return expiries.size() > expiries_max && expiries.begin()->first <= now_ms
         && std::next(expiries.begin(), expiries_max)->first <= now_ms;
}

/// The last full portion is not written yet.
bool is_ending(const sku_state& state) {
  const auto& open = state.life->open;
  return std::any_of(open.begin(), open.end(),
                     [](const auto& each) { return each.is_full_portion; });
}

} // namespace

void end_holds(sku_state& state, std::int64_t now_ms, sku_outbox& out) {
  if (is_ending(state))
    return;
  auto op = std::make_shared<operation>();
  op->ask.from.store = state.config->store;
  op->ask.from.sku = state.sku;
  expire_holds(state, *op, now_ms);
  if (op->expired.empty())
    return;
  op->todo = errand::barrier;
  out.add(std::move(op));
}

bool end_crowd(sku_state& state, std::int64_t now_ms, sku_outbox& out) {
  if (!is_crowded(state, now_ms))
    return true;
  end_holds(state, now_ms, out);
  // A crowd of holds that were never answered keeps nobody waiting.
  return !is_crowded(state, now_ms) || !is_ending(state);
}

void arm(sku_actor::stateful_pointer<sku_state> self) {
  auto& state = self->state;
  if (state.current.expiries.empty())
    return;
  const auto& [due_ms, grant] = *state.current.expiries.begin();
  // A timer cannot be taken back. One that comes early enough is waited for, or
  // each would set another one beside those that there are.
  auto& armed = state.wakes_at_ms;
  if (!armed.empty() && armed.back() <= due_ms)
    return;
  const auto now_ms = state.config->time->now_ms();
  const auto is_written = state.current.holds.at(grant).ref.grant_seq != 0;
  const auto at_ms =
      std::max(due_ms, now_ms + (is_written ? 1 : unwritten_pause_ms));
  if (!armed.empty() && armed.back() <= at_ms)
    return;
  armed.reserve(armed.size() + 1);
  self->delayed_send(self, std::chrono::milliseconds{at_ms - now_ms},
                     expire_atom_v, at_ms);
  armed.push_back(at_ms);
}

} // namespace holdfast
