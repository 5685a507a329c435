#include "holdfast/central_fold.hpp"

#include <algorithm>

namespace holdfast {

namespace {

/// `from + by == to` without overflow.
bool leads(std::int64_t from, std::int64_t by, std::int64_t to) noexcept {
  std::int64_t sum = 0;
  return !__builtin_add_overflow(from, by, &sum) && sum == to;
}

std::string text_of(const balances& is) {
  return "version " + std::to_string(is.version) + ", on hand "
         + std::to_string(is.on_hand) + ", reserved "
         + std::to_string(is.reserved);
}

} // namespace

const char* misfit(const balances& now, const ledger_change& change) noexcept {
  if (change.after.version != now.version + 1)
    return change.after.version <= now.version ? "a version comes twice"
                                               : "a version is missing";
  if (!leads(now.on_hand, change.delta, change.after.on_hand))
    return "the delta does not lead to the stock on hand";
  if (!leads(now.reserved, change.reserved_delta, change.after.reserved))
    return "the delta does not lead to the reserved stock";
  return nullptr;
}

std::uint32_t central_fold::number_of(const std::string& store) {
  const auto [found, is_new] =
      numbers_.try_emplace(store, static_cast<std::uint32_t>(names_.size()));
  if (is_new) {
    names_.push_back(store);
    tellings_.emplace_back();
    published_names_ = nullptr;
  }
  return found->second;
}

void central_fold::forget(const std::vector<std::string>& stores) {
  std::set<std::uint32_t> gone;
  for (const auto& store : stores)
    gone.insert(number_of(store));
  builder_.forget(gone);
  const auto is_gone = [&](const sku_name& of) {
    return gone.contains(number_of(of.first));
  };
  std::erase_if(claims_, [&](const auto& each) { return is_gone(each.first); });
  std::erase_if(changed_, is_gone);
}

std::vector<std::string> central_fold::forget(std::size_t source) {
  std::vector<std::string> gone;
  for (std::size_t i = 0; i < tellings_.size(); ++i) {
    auto& each = tellings_[i];
    const auto has_told = std::erase(each.tellers, source) != 0;
    if (each.owner == source || (each.owner == nobody && has_told))
      gone.push_back(names_[i]);
  }
  forget(gone);
  return gone;
}

void central_fold::entrust(const std::string& store, std::size_t source) {
  tellings_[number_of(store)].owner = source;
}

bool central_fold::is_muddled(const std::string& store, std::size_t source) {
  const auto& of = tellings_[number_of(store)];
  return of.owner != source
         && std::any_of(of.tellers.begin(), of.tellers.end(), [&](auto each) {
              // It was counted, or it was not, and should have been.
              return of.owner == nobody ? each != source : each == source;
            });
}

const std::vector<std::size_t>&
central_fold::tellers(const std::string& store) {
  return tellings_[number_of(store)].tellers;
}

bool central_fold::counts(std::uint32_t store) {
  auto& of = tellings_[store];
  if (of.tellers.empty() || of.tellers.back() != heard_) {
    std::erase(of.tellers, heard_);
    of.tellers.push_back(heard_);
  }
  return of.owner == nobody || of.owner == heard_;
}

void central_fold::begin_round(std::uint64_t round) {
  round_ = round;
  seen_ = 0;
  changed_.clear();
  drift_count_ = 0;
  drifts_.clear();
}

void central_fold::take(const ledger_record& row) {
  const auto store = number_of(row.store);
  if (!counts(store))
    return;
  auto& now = builder_.at(row.sku, store);
  if (row.is.version > now.version)
    now = row.is;
}

void central_fold::take(const ledger_change& row, bool may_be_known) {
  const auto store = number_of(row.store);
  if (!counts(store))
    return;
  auto& now = builder_.at(row.sku, store);
  if (may_be_known && row.after.version <= now.version) {
    if (row.after.version == now.version && row.after != now)
      note(row.store, row.sku, row.seq, "the snapshot is not of this event");
    return;
  }
  if (const auto* why = misfit(now, row))
    note(row.store, row.sku, row.seq,
         std::string{why} + " after " + text_of(now));
  if (row.after.version > now.version)
    now = row.after;
  sample(row);
  if (!claims_.empty())
    settle_claim(row);
}

void central_fold::sample(const ledger_change& row) {
  ++seen_;
  if (changed_.size() < limits::witnesses_max) {
    changed_.emplace_back(row.store, row.sku);
    return;
  }
  const auto place = random_() % seen_;
  if (place < changed_.size())
    changed_[place] = {row.store, row.sku};
}

void central_fold::settle_claim(const ledger_change& row) {
  const auto found = claims_.find({row.store, row.sku});
  if (found == claims_.end() || found->second.known.version > row.after.version)
    return;
  if (found->second.known != row.after)
    note(row.store, row.sku, row.seq,
         "its owner knew " + text_of(found->second.known) + ", the event says "
             + text_of(row.after));
  claims_.erase(found);
}

void central_fold::attest(const sku_name& of, const balances& known) {
  const auto* folded = builder_.find(of.second, number_of(of.first));
  const auto now = folded != nullptr ? *folded : balances{};
  if (known.version > now.version)
    claims_[of] = {known, round_};
  else if (known != now)
    note(of.first, of.second, 0,
         "its owner knows " + text_of(known) + ", the ledger says "
             + text_of(now));
}

void central_fold::end_round(bool is_complete) {
  for (auto each = claims_.begin(); each != claims_.end();) {
    if (!is_complete || each->second.round == round_) {
      ++each;
      continue;
    }
    note(each->first.first, each->first.second, 0,
         "its owner knew " + text_of(each->second.known)
             + ", which the ledger never got");
    each = claims_.erase(each);
  }
}

void central_fold::note(const std::string& store, const std::string& sku,
                        std::uint64_t seq, std::string what) {
  ++drift_count_;
  if (drifts_.size() < limits::drifts_told_max)
    drifts_.push_back({store, sku, seq, std::move(what)});
}

std::shared_ptr<const std::vector<std::string>> central_fold::stores() {
  if (!published_names_)
    published_names_ = std::make_shared<const std::vector<std::string>>(names_);
  return published_names_;
}

} // namespace holdfast
