// What a small node writes into its log.
#include <utility>

#include "tests/checker/event_types.hpp"
#include "tests/checker/faulty_node.hpp"

namespace holdfast::test {

namespace {

/// Time by which an early expiry is early.
constexpr std::int64_t early_ms = 700;
constexpr auto nobody = static_cast<std::size_t>(-1);

/// The event that leads from `before` to what `done` says.
event event_of(const outcome& done, const balances& before,
               const command& ask) {
  event made;
  made.type = type_of(ask.from.what);
  made.delta = done.record.on_hand - before.on_hand;
  // What was asked for, whatever became of it.
  if (ask.from.what == action::adjust)
    made.delta = ask.amount;
  made.reserved_delta = done.record.reserved - before.reserved;
  made.after = done.record;
  made.hold = done.hold;
  made.from = ask.from;
  return made;
}

} // namespace

void faulty_node::expire(const command& ask) {
  if (strikes(bug::late_expiry, 80)
      || (ask.from.what == action::read && strikes(bug::expiry_forgotten, 80)))
    return;
  const auto early = strikes(bug::early_expiry, 50) ? early_ms : 0;
  auto& state = state_of(ask.from.sku);
  while (!state.due().empty()
         && state.due().begin()->first <= now_ms_ + early) {
    const auto grant = state.due().begin()->second;
    reservation_ref ref;
    for (const auto& each : holds_)
      if (each.owner == ask.from.sku && each.ref.grant_version == grant)
        ref = each.ref;
    const auto said = state.expire(ref, now_ms_);
    if (!said.ok())
      return;
    command nobodys;
    nobodys.from.store = ask.from.store;
    nobodys.from.sku = ask.from.sku;
    append(said, nobodys, nobody);
  }
}

void faulty_node::append(const outcome& done, const command& ask,
                         std::size_t call) {
  auto& state = state_of(ask.from.sku);
  auto change = event_of(done, state.record(), ask);
  change.seq = log_.size() + 1;
  for (const auto& each : log_)
    if (each.change.from.sku == change.from.sku)
      change.prev_seq = each.change.seq;
  if (change.type == event_type::stock_reserved) {
    change.hold.ref.grant_seq = change.seq;
    holds_.push_back(change.hold);
  }
  before_.insert_or_assign(change.from.sku, state);
  state.apply(change);
  const auto stale = token_ > 1 && strikes(bug::ignored_epoch, 20);
  log_.push_back({std::move(change), stale ? token_ - 1 : token_, call});
}

/// Who might write each of them, and who did.
void faulty_node::tell_owners(evidence& into) const {
  const auto name = [](std::uint64_t token) {
    return 'n' + std::to_string(token);
  };
  for (const auto& each : log_)
    into.owners.push_back({each.change.seq, name(each.token), each.token});
  for (std::uint64_t i = 0; i < granted_after_.size(); ++i)
    for (const auto* sku : {"A", "B"})
      into.tenures.push_back({"S", sku, name(i + 1), i + 1, granted_after_[i]});
}

/// The last two change places.
void faulty_node::renumber() {
  if (log_.size() < 2)
    return;
  auto& last = log_[log_.size() - 1];
  auto& before = log_[log_.size() - 2];
  if (last.change.from.sku == before.change.from.sku || last.change.has_hold()
      || before.change.has_hold())
    return;
  std::swap(last.change.seq, before.change.seq);
  std::swap(last, before);
  sync();
}

} // namespace holdfast::test
