// Whose ledgers rounds read.
#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "contains.hpp"
#include "holdfast/sync_rounds.hpp"

namespace holdfast {

ledger_reading::settings sync_rounds::of_others(ledger_reading::settings with) {
  with.breaker.cooldown = std::min(with.breaker.cooldown, mend_time);
  return with;
}

std::size_t sync_rounds::know(sync_source source) {
  const auto known =
      std::find_if(sources_.begin(), sources_.end(),
                   [&](const auto& each) { return each.node == source.node; });
  const auto number = static_cast<std::size_t>(known - sources_.begin());
  if (known == sources_.end()) {
    sources_.push_back({source.node, {}});
    readings_.emplace_back(of_others(with_.reading));
    // A round that is under way does not ask it.
    current_.is_whole = false;
  }
  auto is_muddled = false;
  for (const auto& store : source.stores)
    is_muddled = fold_.is_muddled(store, number) || is_muddled;
  take_away(number, source.stores);
  for (const auto& store : source.stores)
    fold_.entrust(store, number);
  sources_[number].stores = std::move(source.stores);
  if (is_muddled)
    forget(number);
  return number;
}

void sync_rounds::expect(bool is_whole, clock::time_point now) {
  const auto was_whole = std::exchange(with_.is_whole, is_whole);
  current_.is_whole = current_.is_whole && is_whole;
  if (is_running_ && is_whole && !was_whole)
    next_due_ = std::min(next_due_, now);
}

/// What `number` does not have among `stores` is nobody's, and what it has is
/// nobody else's.
void sync_rounds::take_away(std::size_t number,
                            const std::vector<std::string>& stores) {
  const std::unordered_set<std::string_view> named{stores.begin(),
                                                   stores.end()};
  std::set<std::size_t> others;
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    auto& had = sources_[i].stores;
    const auto is_lost = [&](const auto& store) {
      return named.contains(store) != (i == number);
    };
    if (std::none_of(had.begin(), had.end(), is_lost))
      continue;
    forget(i);
    for (const auto& store : had)
      if (is_lost(store))
        fold_.entrust(store, central_fold::nobody);
    // What others have of it counts now, and was passed over.
    for (const auto& store : had)
      if (i == number && is_lost(store))
        others.insert(fold_.tellers(store).begin(), fold_.tellers(store).end());
    std::erase_if(had, is_lost);
  }
  for (const auto other : others)
    forget(other);
}

void sync_rounds::forget(std::size_t source) {
  readings_[source].restart();
  const auto gone = fold_.forget(source);
  for (std::size_t i = 0; i < asked_.size(); ++i)
    if (is_open_[i] && contains(gone, asked_[i].first)) {
      is_open_[i] = false;
      --open_;
    }
}

void sync_rounds::lose(std::size_t source) {
  readings_[source].lose();
}

void sync_rounds::reach(std::size_t source, clock::time_point now) {
  readings_[source].reach();
  if (is_running_)
    next_due_ = std::min(next_due_, now);
}

} // namespace holdfast
