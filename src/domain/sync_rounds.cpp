#include "holdfast/sync_rounds.hpp"

#include <algorithm>
#include <utility>

namespace holdfast {

namespace {

using std::chrono::milliseconds;

constexpr auto never = sync_rounds::clock::time_point::max();

/// Number of a question to an owner; what belongs to an earlier round shows.
constexpr std::uint64_t number_of(std::uint64_t round, std::size_t place) {
  return round * limits::witnesses_max + place;
}

} // namespace

sync_rounds::sync_rounds(settings with, std::vector<sync_source> sources)
    : with_(with), sources_(std::move(sources)), callers_(with.callers),
      is_running_(with.interval.count() != 0) {
  for (std::size_t i = 0; i < sources_.size(); ++i)
    readings_.emplace_back(i == 0 ? with.reading : of_others(with.reading));
  for (std::size_t i = 0; i < sources_.size(); ++i)
    for (const auto& store : sources_[i].stores)
      fold_.entrust(store, i);
  status_.interval = with.interval;
  // The first round comes at once: until then there is nothing to read.
  next_due_ = is_running_ ? clock::time_point::min() : never;
}

error_code sync_rounds::ask(std::uint64_t caller, clock::time_point deadline,
                            clock::time_point now) {
  const auto is_open = [now](ledger_reading& each) {
    return each.breaker(now) == breaker_policy::state::open;
  };
  if (std::all_of(readings_.begin(), readings_.end(), is_open))
    return error_code::circuit_open;
  return callers_.join(caller, deadline) ? error_code::none
                                         : error_code::bulkhead_full;
}

void sync_rounds::pace(milliseconds interval, clock::time_point now) {
  is_running_ = interval.count() != 0;
  if (is_running_)
    status_.interval = interval;
  next_due_ = is_running_ ? now + interval : never;
}

void sync_rounds::take(std::size_t source, std::uint64_t number,
                       const ledger_page* page, clock::time_point now) {
  if (source >= readings_.size())
    return;
  fold_.hear(source);
  if (page != nullptr)
    readings_[source].take(number, *page, fold_, now);
  else
    readings_[source].fail(number, now);
}

void sync_rounds::attest(std::uint64_t number,
                         const std::optional<balances>& known) {
  const auto first = number_of(current_.round, 0);
  if (is_ != phase::witnessing || number < first
      || number - first >= asked_.size() || !is_open_[number - first])
    return;
  is_open_[number - first] = false;
  --open_;
  if (known)
    fold_.attest(asked_[number - first], *known);
}

void sync_rounds::advance(clock::time_point now, std::int64_t now_ms) {
  for (auto& each : readings_)
    each.breaker(now);
  for (const auto late : callers_.expire(now))
    answers_.push_back({late, error_code::deadline_exceeded, {}});
  if (is_ == phase::resting && is_due(now))
    begin_round(now, now_ms);
  if (is_ == phase::collecting)
    collect(now);
  if (is_ == phase::witnessing && (open_ == 0 || witness_until_ <= now))
    end_round(now);
}

bool sync_rounds::is_due(clock::time_point now) const {
  return callers_.wants_round() || next_due_ <= now;
}

void sync_rounds::begin_round(clock::time_point now, std::int64_t now_ms) {
  is_ = phase::collecting;
  began_ = now;
  if (is_running_)
    next_due_ = now + status_.interval;
  current_ = {status_.rounds + 1, now_ms, {}, 0, 0, {}, 0, with_.is_whole};
  callers_.begin_round();
  fold_.begin_round(current_.round);
  for (std::size_t i = 0; i < readings_.size(); ++i)
    if (!sources_[i].stores.empty())
      readings_[i].begin_round();
}

void sync_rounds::collect(clock::time_point now) {
  auto is_over = true;
  for (std::size_t i = 0; i < readings_.size(); ++i) {
    if (auto ask = readings_[i].next(now))
      collects_.push_back({i, std::move(*ask)});
    is_over = is_over && readings_[i].is_over();
  }
  if (is_over)
    call_witnesses(now);
}

void sync_rounds::call_witnesses(clock::time_point now) {
  is_ = phase::witnessing;
  witness_until_ = now + with_.witness_timeout;
  asked_ = fold_.changed();
  is_open_.assign(asked_.size(), true);
  open_ = asked_.size();
  for (std::size_t i = 0; i < asked_.size(); ++i)
    witnesses_.push_back({number_of(current_.round, i), asked_[i]});
}

std::vector<std::string> sync_rounds::failed_stores() const {
  std::vector<std::string> result;
  for (std::size_t i = 0; i < sources_.size(); ++i)
    if (readings_[i].has_failed())
      result.insert(result.end(), sources_[i].stores.begin(),
                    sources_[i].stores.end());
  std::sort(result.begin(), result.end());
  return result;
}

/// Some store is missing although its node is there.
bool sync_rounds::may_mend() const {
  return std::any_of(readings_.begin(), readings_.end(), [](const auto& each) {
    return each.has_failed() && !each.is_away();
  });
}

void sync_rounds::end_round(clock::time_point now) {
  is_ = phase::resting;
  current_.failed_stores = failed_stores();
  fold_.end_round(current_.failed_stores.empty());
  auto made = std::make_shared<central_view>();
  made->round = current_.round;
  made->as_of_ms = current_.started_at_ms;
  made->complete = current_.failed_stores.empty() && current_.is_whole;
  made->failed_stores = current_.failed_stores;
  made->stores = fold_.stores();
  made->table = fold_.table();
  current_.took = std::chrono::ceil<std::chrono::microseconds>(now - began_);
  for (const auto& source : sources_)
    current_.stores += source.stores.size();
  current_.skus = made->table->skus();
  current_.drift = fold_.drift_count();
  view_ = std::move(made);
  if (is_running_ && may_mend())
    next_due_ = std::min(next_due_, now + mend_time);
  ++status_.rounds;
  status_.failures += current_.failed_stores.empty() ? 0 : 1;
  status_.last = current_;
  drifts_ = fold_.drifts();
  for (const auto caller : callers_.end_round())
    answers_.push_back({caller, error_code::none, current_});
}

} // namespace holdfast
