#include <cassert>

#include "holdfast/expiries.hpp"
#include "judge.hpp"

namespace holdfast {

std::vector<event> due_expiries(const stock& now, const origin& of,
                                std::int64_t now_ms) {
  std::vector<event> due;
  auto after = now.now;
  for (const auto& [expires_at_ms, grant_version] : now.expiries) {
    if (expires_at_ms > now_ms || due.size() == expiries_max)
      break;
    const auto& hold = now.holds.at(grant_version);
    if (hold.ref.grant_seq == 0)
      continue;
    const auto held = hold.held();
    auto& change = due.emplace_back();
    change.type = event_type::reservation_expired;
    change.reserved_delta = -held;
    ++after.version;
    after.reserved -= held;
    after.updated_at_ms = now_ms;
    change.after = after;
    change.hold = hold;
    change.hold.released += held;
    change.hold.state = reservation_state::expired;
    change.from.store = of.store;
    change.from.sku = of.sku;
  }
  return due;
}

namespace {

/// Files the reservation under both indexes, or strikes it from both once it
/// is closed.
void file_hold(stock& now, const stock_change& change) {
  const auto& hold = change.hold;
  const auto version = hold.ref.grant_version;
  const auto found = now.holds.find(version);
  if (found == now.holds.end()) {
    assert(change.type == event_type::stock_reserved);
    now.holds.emplace(version, hold);
    now.expiries.emplace(hold.expires_at_ms, version);
    return;
  }
  assert(change.type != event_type::stock_reserved);
  const auto was_due_ms = found->second.expires_at_ms;
  const auto closed = closes_hold(change);
  if (closed || was_due_ms != hold.expires_at_ms)
    now.expiries.erase({was_due_ms, version});
  if (closed) {
    now.holds.erase(found);
    return;
  }
  if (was_due_ms != hold.expires_at_ms)
    now.expiries.emplace(hold.expires_at_ms, version);
  found->second = hold;
}

} // namespace

void apply(stock& now, const stock_change& change) {
  assert(change.after.version == now.now.version + 1);
  assert(change.after.on_hand == now.now.on_hand + change.delta);
  assert(change.after.reserved == now.now.reserved + change.reserved_delta);
  now.now = change.after;
  if (change.has_hold())
    file_hold(now, change);
}

void note_grant_seq(stock& now, std::uint64_t grant_version,
                    std::uint64_t grant_seq) {
  const auto found = now.holds.find(grant_version);
  if (found != now.holds.end())
    found->second.ref.grant_seq = grant_seq;
}

const char* broken_invariant(const stock& now) {
  const auto& record = now.now;
  if (!in_range(record.on_hand) || !in_range(record.reserved)
      || !in_range(record.safety_stock) || !in_range(record.backorder_limit))
    return "a balance is out of range";
  if (now.holds.size() != now.expiries.size())
    return "the indexes of the holds differ in size";
  std::int64_t sum = 0;
  for (const auto& [version, hold] : now.holds) {
    if (hold.ref.grant_version != version || version > record.version)
      return "a hold is filed under another version than its own";
    if (hold.state != reservation_state::active || hold.held() <= 0
        || hold.committed != 0 || hold.released < 0)
      return "a hold that is filed as live holds nothing";
    if (!now.expiries.contains({hold.expires_at_ms, version}))
      return "a hold is missing among the expiries";
    sum += hold.held();
  }
  if (sum != record.reserved)
    return "reserved is not the sum of the live holds";
  return nullptr;
}

} // namespace holdfast
