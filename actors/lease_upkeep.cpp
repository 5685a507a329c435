// How leases are handed over and given up.
#include <algorithm>

#include "actors/lease_desk.hpp"
#include "holdfast/lease_policy.hpp"
#include "src/telemetry/log.hpp"

namespace holdfast {

namespace {

/// How often leases are looked for that nobody uses.
constexpr std::int64_t tidy_every_ms = 1'000;
/// Leases that are looked at, and that are renewed, each time. Two thousand
/// SKUs at rest are kept so; what is not reached in time expires.
constexpr std::size_t looks_max = 1'024;
constexpr std::size_t renewals_max = 16;
/// What others do is worth more than a lease at rest, which comes again at the
/// next look; a hand-over is not.
constexpr std::int64_t renewal_patience_us = 0;
constexpr std::int64_t usual_patience_us = 15'000;
/// How long a process that ends tries to give its leases up.
constexpr std::chrono::milliseconds farewell{1'000};

/// It had no time to do anything yet: the lease is older than that if it took
/// long to read the SKU.
bool is_fresh(const sku_life& life, std::int64_t now_ms) {
  return life.began_ms == 0
         || now_ms - life.began_ms < lease_policy::settings{}.tenure_ms;
}

void leave_to_expire(const std::exception& why) {
  telemetry::log_warn("leases_not_given_up", {{"reason", why.what()}});
}

} // namespace

std::vector<lease_desk::lives::iterator> lease_desk::idle(std::int64_t now_ms) {
  std::vector<lives::iterator> found;
  if (now_ms - tidied_at_ms_ < tidy_every_ms)
    return found;
  tidied_at_ms_ = now_ms;
  for (auto each = held_.begin(); each != held_.end(); ++each)
    // Nobody else can begin to use it.
    if (each->second->is_doomed() || each->second.use_count() == 1)
      found.push_back(each);
  return found;
}

bool lease_desk::keep(const std::string& store, const std::string& sku,
                      sku_life& life, std::int64_t now_ms) {
  if (life.is_doomed())
    return false;
  auto is = shared_log::standing::held;
  try {
    log_.begin();
    is = leases_.confirm(store, sku, life.token, now_ms);
    log_.commit();
  } catch (const journal_error& error) {
    log_.rollback();
    if (error.is() != journal_error::kind::busy)
      throw;
  }
  if (is == shared_log::standing::renewed)
    ++counters_->renewed;
  return is != shared_log::standing::lost;
}

void lease_desk::leave_wishes(std::int64_t now_ms) {
  watch_->leave_wishes(now_ms);
}

void lease_desk::tidy(std::int64_t now_ms) {
  watch_->look_again(now_ms);
  leave_wishes(now_ms);
  auto which = idle(now_ms);
  std::uint64_t wanted = 0;
  for (const auto& name : leases_.wanted(now_ms)) {
    const auto mine = held_.find(name);
    if (mine == held_.end() || is_fresh(*mine->second, now_ms)
        || std::find(which.begin(), which.end(), mine) != which.end())
      continue;
    which.push_back(mine);
    ++wanted;
  }
  if (!which.empty() || counters_->is_stuck)
    give_up(which, now_ms);
  counters_->handed_over += wanted;
  renew(now_ms);
}

std::vector<lease_desk::lives::iterator> lease_desk::due(std::int64_t now_ms) {
  std::vector<lives::iterator> found;
  auto each = held_.upper_bound(looked_at_);
  for (auto left = std::min(looks_max, held_.size());
       left > 0 && found.size() < renewals_max; --left, ++each) {
    if (each == held_.end())
      each = held_.begin();
    const auto& [of, life] = *each;
    if (!life->is_doomed() && leases_.is_due(of, life->token, now_ms))
      found.push_back(each);
  }
  if (!held_.empty())
    looked_at_ = std::prev(each)->first;
  return found;
}

/// A SKU at rest has its actor for as long as it has live keys and holds.
/// Nobody writes for it, and one that lives must not be taken for dead.
void lease_desk::renew(std::int64_t now_ms) {
  const auto which = due(now_ms);
  if (which.empty())
    return;
  leases_.be_patient(renewal_patience_us);
  std::vector<lives::iterator> lost;
  std::uint64_t renewed = 0;
  try {
    log_.begin();
    for (const auto each : which) {
      const auto& [of, life] = *each;
      const auto is = leases_.confirm(of.first, of.second, life->token, now_ms);
      renewed += is == shared_log::standing::renewed;
      if (is == shared_log::standing::lost)
        lost.push_back(each);
    }
    log_.commit();
    counters_->renewed += renewed;
  } catch (const journal_error& error) {
    log_.rollback();
    if (error.is() != journal_error::kind::busy)
      throw;
  }
  leases_.be_patient(usual_patience_us);
  for (const auto each : lost)
    lose(leased_name{each->first}, std::shared_ptr{each->second});
}

void lease_desk::give_up(const std::vector<lives::iterator>& which,
                         std::int64_t now_ms) {
  try {
    log_.begin();
    for (const auto each : which)
      leases_.give_up(each->first.first, each->first.second,
                      each->second->token, now_ms);
    log_.commit();
  } catch (...) {
    log_.rollback();
    throw;
  }
  counters_->is_stuck = false;
  for (const auto each : which) {
    auto none = error_code::none;
    each->second->doom.compare_exchange_strong(none, error_code::lease_held);
    held_.erase(each);
  }
  publish();
}

void lease_desk::give_up_all(std::int64_t now_ms) noexcept {
  std::vector<lives::iterator> all;
  for (auto each = held_.begin(); each != held_.end(); ++each)
    all.push_back(each);
  const auto until = operation::clock::now() + farewell;
  leases_.be_patient(std::chrono::microseconds{farewell}.count());
  while (!all.empty()) {
    try {
      give_up(all, now_ms);
      return;
    } catch (const journal_error& error) {
      if (error.is() == journal_error::kind::busy
          && operation::clock::now() < until)
        continue;
      leave_to_expire(error);
      return;
    } catch (const std::exception& error) {
      leave_to_expire(error);
      return;
    }
  }
}

} // namespace holdfast
