// Whose ledgers rounds read.
#include <algorithm>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "holdfast/sync_rounds.hpp"

namespace holdfast {

namespace {

bool has(const std::vector<std::string>& stores, const std::string& store) {
  return std::find(stores.begin(), stores.end(), store) != stores.end();
}

} // namespace

ledger_reading::settings sync_rounds::of_others(ledger_reading::settings with) {
  with.breaker.cooldown = std::min(with.breaker.cooldown, mend_time);
  return with;
}

std::size_t sync_rounds::know(sync_source source) {
  for (const auto& store : source.stores)
    fold_.number_of(store);
  const std::unordered_set<std::string_view> named{source.stores.begin(),
                                                   source.stores.end()};
  const auto known =
      std::find_if(sources_.begin(), sources_.end(),
                   [&](const auto& each) { return each.node == source.node; });
  const auto number = static_cast<std::size_t>(known - sources_.begin());
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    auto& stores = sources_[i].stores;
    const auto is_lost = [&](const auto& store) {
      return named.contains(store) != (i == number);
    };
    if (std::none_of(stores.begin(), stores.end(), is_lost))
      continue;
    forget(i);
    std::erase_if(stores, is_lost);
  }
  if (known != sources_.end()) {
    known->stores = std::move(source.stores);
    return number;
  }
  sources_.push_back(std::move(source));
  readings_.emplace_back(of_others(with_.reading));
  return number;
}

void sync_rounds::forget(std::size_t source) {
  const auto& gone = sources_[source].stores;
  readings_[source].restart();
  fold_.forget(gone);
  for (std::size_t i = 0; i < asked_.size(); ++i)
    if (is_open_[i] && has(gone, asked_[i].first)) {
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
