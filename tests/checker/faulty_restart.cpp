// How a small node crashes, and what it knows when it comes back.
#include <algorithm>

#include "tests/checker/faulty_node.hpp"

namespace holdfast::test {

void faulty_node::crash() {
  auto rows = log_;
  rows.resize(durable_);
  damage(rows);
  log_ = std::move(rows);
  durable_ = log_.size();
  std::erase_if(remembered_, [this](const auto& each) {
    return each.second.first > durable_;
  });
  mailbox_.clear();
  outbox_.clear();
  for (auto& each : clients_) {
    each.must_retry |= each.waits;
    each.waits = false;
  }
  granted_after_.push_back(log_.empty() ? 0 : log_.back().change.seq);
  if (!strikes(bug::unheard_grant, 50))
    token_ = granted_after_.size();
  restart();
}

/// Dates of events do not show it: they never go back.
void faulty_node::set_clock() {
  constexpr std::int64_t jump_ms = 900;
  if (bug_ == bug::clock_ahead)
    now_ms_ += jump_ms;
  if (bug_ != bug::clock_behind)
    return;
  now_ms_ -= jump_ms;
  for (const auto& each : log_)
    now_ms_ = std::max(now_ms_, each.change.after.updated_at_ms);
}

/// What the disk, or who trusts it, makes of the log.
void faulty_node::damage(std::vector<row>& rows) {
  if (bug_ == bug::torn_tail && durable_ < log_.size()) {
    rows.push_back(log_[durable_]);
    rows.back().change.after.on_hand &= 3;
  }
  if (rows.size() < 4)
    return;
  if (bug_ == bug::hole_skipped)
    rows.erase(rows.end() - 2 - static_cast<std::ptrdiff_t>(below(2)));
  if (bug_ == bug::lying_disk)
    rows.pop_back();
  if (bug_ == bug::copied_twice) {
    auto twice = rows.back();
    twice.change.seq = rows.size() + 1;
    ++twice.change.after.version;
    rows.push_back(twice);
  }
}

void faulty_node::restart() {
  states_.clear();
  before_.clear();
  keys_.clear();
  const auto* skipped = bug_ == bug::snapshot_off_by_one && !log_.empty()
                            ? &log_.back()
                            : nullptr;
  for (const auto& each : log_) {
    auto& state = state_of(each.change.from.sku);
    if (&each != skipped) {
      state.apply(each.change);
      continue;
    }
    event short_by_one;
    short_by_one.after = state.record();
    short_by_one.after.version = each.change.after.version;
    state.apply(short_by_one);
  }
  if (bug_ == bug::key_forgotten)
    return;
  for (const auto& each : log_)
    if (!each.change.from.key.empty())
      keys_[each.change.from.key] = outcome_of(each.change);
  for (const auto& [key, each] : remembered_)
    keys_[key] = each.second;
}

} // namespace holdfast::test
