#include "tests/support/memory_sharing.hpp"

#include <limits>
#include <optional>

namespace holdfast::storage {

namespace {

constexpr auto all_rows = std::numeric_limits<std::size_t>::max();
constexpr auto no_keys = std::numeric_limits<std::int64_t>::max();

template <class Map>
auto find(const Map& in, const leased_name& name)
    -> std::optional<typename Map::mapped_type> {
  const auto found = in.find(name);
  return found == in.end() ? std::nullopt : std::optional{found->second};
}

} // namespace

std::int64_t memory_board::wait_ms(const std::string& store,
                                   const std::string& sku,
                                   std::int64_t now_ms) const {
  return policy_.wait_ms(find(with_->leases_, {store, sku}), now_ms);
}

void memory_board::want(const std::string& store, const std::string& sku,
                        std::int64_t now_ms) {
  const leased_name of{store, sku};
  if (const auto wish = policy_.wish(find(with_->wishes_, of), now_ms))
    with_->wishes_[of] = *wish;
}

void shared_memory_journal::begin() {
  if (with_->busy_ > 0) {
    --with_->busy_;
    throw journal_error(journal_error::kind::busy, "as it was asked for");
  }
  memory_journal::begin();
  forget_transaction();
}

void shared_memory_journal::append(stock_change& change, const origin& from) {
  memory_journal::append(change, from);
  const auto as = writes_as_.find({from.store, from.sku});
  if (as != writes_as_.end())
    added_.authors.push_back({change.seq, as->second});
}

void shared_memory_journal::commit() {
  memory_journal::commit();
  auto& history = with_->history_;
  for (auto& each : added_.tenures) {
    with_->newest_[{each.store, each.sku}] = each.token;
    history.tenures.push_back(std::move(each));
  }
  history.authors.insert(history.authors.end(), added_.authors.begin(),
                         added_.authors.end());
  for (auto& [of, is] : changes_) {
    const auto wish = find(with_->wishes_, of);
    if (is.holder == 0 || (wish && wish->who == is.holder))
      with_->wishes_.erase(of);
    with_->leases_[of] = std::move(is);
  }
  forget_transaction();
}

void shared_memory_journal::rollback() noexcept {
  memory_journal::rollback();
  forget_transaction();
}

void shared_memory_journal::forget_transaction() noexcept {
  changes_.clear();
  writes_as_.clear();
  added_ = {};
}

void shared_memory_journal::be_patient(std::int64_t) noexcept {
  // Nobody is waited for.
}

shared_log::taking shared_memory_journal::take(const std::string& store,
                                               const std::string& sku,
                                               std::int64_t now_ms) {
  const leased_name of{store, sku};
  const auto found = find(with_->leases_, of);
  taking result;
  if (policy_.wait_ms(found, now_ms) > 0)
    return result;
  result.is_stolen = policy_.is_stolen(found);
  result.token = with_->history_.tenures.size() + added_.tenures.size() + 1;
  added_.tenures.push_back(
      {result.token, store, sku, policy_.with().owner, last_seq()});
  changes_.emplace_back(of, policy_.granted(result.token, now_ms));
  return result;
}

shared_log::standing shared_memory_journal::confirm(const std::string& store,
                                                    const std::string& sku,
                                                    std::uint64_t token,
                                                    std::int64_t now_ms) {
  if (!is_newest(store, sku, token))
    return standing::lost;
  const leased_name of{store, sku};
  writes_as_[of] = token;
  if (!is_due(of, token, now_ms))
    return standing::held;
  changes_.emplace_back(of, policy_.renewed(with_->leases_.at(of), now_ms));
  return standing::renewed;
}

bool shared_memory_journal::is_due(const leased_name& of, std::uint64_t token,
                                   std::int64_t now_ms) const {
  const auto found = find(with_->leases_, of);
  return found && found->token == token && policy_.must_renew(*found, now_ms);
}

bool shared_memory_journal::is_newest(const std::string& store,
                                      const std::string& sku,
                                      std::uint64_t token) {
  return with_->ignores_tokens_ || find(with_->newest_, {store, sku}) == token;
}

void shared_memory_journal::give_up(const std::string& store,
                                    const std::string& sku, std::uint64_t token,
                                    std::int64_t now_ms) {
  const leased_name of{store, sku};
  const auto found = find(with_->leases_, of);
  if (found && found->token == token)
    changes_.emplace_back(
        of, policy_.given_up(*found, find(with_->wishes_, of), now_ms));
}

std::vector<leased_name> shared_memory_journal::wanted(std::int64_t now_ms) {
  std::vector<leased_name> names;
  for (const auto& [of, wish] : with_->wishes_) {
    const auto is = find(with_->leases_, of);
    if (is && policy_.must_give_way(*is, wish, now_ms))
      names.push_back(of);
  }
  return names;
}

std::vector<leased_name> shared_memory_journal::overdue(std::int64_t now_ms) {
  for (const auto& change : scan(heard_seq_, all_rows, {}).events) {
    ends_.hear(change);
    heard_seq_ = change.seq;
  }
  std::vector<leased_name> found;
  for (const auto& [store, sku] :
       ends_.due(now_ms - grace_ms, all_rows, [this](const sku_key& of) {
         return load(of.store, of.sku, no_keys).state;
       }))
    if (policy_.is_nobodys(find(with_->leases_, {store, sku}), now_ms))
      found.emplace_back(store, sku);
  return found;
}

shared_log::taking shared_memory_journal::step_in(const std::string& store,
                                                  const std::string& sku,
                                                  std::int64_t now_ms) {
  const auto taken = take(store, sku, now_ms);
  if (taken.token == 0)
    return taken;
  auto& [of, is] = changes_.back();
  writes_as_[of] = taken.token;
  is = policy_.given_up(is, find(with_->wishes_, of), now_ms);
  return taken;
}

} // namespace holdfast::storage
