#include "actors/lease_desk.hpp"

#include <algorithm>

#include "actors/lease_notes.hpp"
#include "actors/letter_step.hpp"
#include "holdfast/limits.hpp"
#include "src/telemetry/log.hpp"

namespace holdfast {

namespace {

using clock = operation::clock;
using namespace std::chrono_literals;

/// An operation is answered within 50 ms where other processes are in its way:
/// so much of that may be spent before a transaction begins to wait, and the
/// least and the most that it waits.
constexpr auto waiting_age = 30ms;
constexpr auto patience_min = 4ms;
constexpr auto patience_max = 15ms;

leased_name name_of(const operation& op) {
  return {op.ask.from.store, op.ask.from.sku};
}

std::int64_t micros_of(clock::duration span) {
  return std::chrono::duration_cast<std::chrono::microseconds>(span).count();
}

leased_name name_of(const load_request& what) {
  return {what.store, what.sku};
}

/// Of an operation that needs its lease to be good.
bool is_under_lease(const operation& op) {
  return op.life && op.life->token != 0 && !is_void(op);
}

} // namespace

lease_desk::lease_desk(journal& log, std::shared_ptr<lease_counters> counters,
                       std::shared_ptr<lease_watch> watch)
    : log_(log), leases_(*log.shared()), counters_(std::move(counters)),
      watch_(std::move(watch)) {
  // nop
}

void lease_desk::be_patient(const operations& items) {
  const auto now = clock::now();
  auto wait = clock::duration{patience_max};
  for (const auto& op : items)
    if (op->deadline != clock::time_point::max()) {
      const auto came = op->deadline - limits::request_deadline;
      wait = std::min<clock::duration>(wait, came + waiting_age - now);
    }
  wait = std::clamp<clock::duration>(wait, patience_min, patience_max);
  leases_.be_patient(micros_of(wait));
}

std::optional<transaction>
lease_desk::transact(const operations& items, std::int64_t now_ms,
                     const operation::now_function& now) {
  ++transaction_;
  be_patient(items);
  try {
    if (!need_transaction(items)) {
      for (const auto& op : items)
        if (is_under_lease(*op)
            && std::exchange(op->life->confirmed_in, transaction_)
                   != transaction_
            && !leases_.is_newest(op->ask.from.store, op->ask.from.sku,
                                  op->life->token))
          lose(name_of(*op), op->life);
      return std::nullopt;
    }
    log_.begin();
    doom_stale_retries(log_, items);
    confirm(items, now_ms);
    const auto done = record_all(log_, items, now);
    note_given_up(items);
    counters_->is_stuck = false;
    return done;
  } catch (const journal_error& error) {
    if (error.is() == journal_error::kind::busy) {
      ++counters_->put_off;
      counters_->is_stuck = true;
    }
    throw;
  }
}

void lease_desk::confirm(const operations& items, std::int64_t now_ms) {
  for (const auto& op : items) {
    if (!is_under_lease(*op)
        || std::exchange(op->life->confirmed_in, transaction_) == transaction_)
      continue;
    switch (leases_.confirm(op->ask.from.store, op->ask.from.sku,
                            op->life->token, now_ms)) {
    case shared_log::standing::held:
      break;
    case shared_log::standing::renewed:
      ++counters_->renewed;
      break;
    case shared_log::standing::lost:
      lose(name_of(*op), op->life);
      break;
    }
  }
}

void lease_desk::lose(const leased_name& of,
                      const std::shared_ptr<sku_life>& life) {
  life->doom = error_code::lease_held;
  ++counters_->lost;
  telemetry::log_warn(
      "lease_lost",
      {{"store", of.first}, {"sku", of.second}, {"token", life->token}});
  const auto mine = held_.find(of);
  if (mine != held_.end() && mine->second == life)
    held_.erase(mine);
  publish();
}

void lease_desk::note_given_up(const operations& items) {
  for (const auto& op : items) {
    if (op->todo != errand::give_up || is_void(*op))
      continue;
    const auto mine = held_.find(name_of(*op));
    if (mine != held_.end() && mine->second == op->life)
      held_.erase(mine);
    publish();
  }
}

std::vector<std::shared_ptr<sku_life>>
lease_desk::take(const std::vector<load_request>& wanted, std::int64_t now_ms) {
  std::vector<std::shared_ptr<sku_life>> made(wanted.size());
  std::vector<std::size_t> free;
  for (std::size_t i = 0; i < wanted.size(); ++i)
    if (wanted[i].takes_lease && watch_->is_free(name_of(wanted[i]), now_ms))
      free.push_back(i);
  // Who is refused because another has the lease waits for no transaction.
  if (free.empty())
    return made;
  leases_.be_patient(micros_of(patience_max));
  try {
    log_.begin();
    std::vector<shared_log::taking> taken;
    for (const auto i : free)
      taken.push_back(leases_.take(wanted[i].store, wanted[i].sku, now_ms));
    log_.commit();
    counters_->is_stuck = false;
    for (std::size_t n = 0; n < free.size(); ++n)
      made[free[n]] = begin_life(name_of(wanted[free[n]]), taken[n], now_ms);
    publish();
  } catch (const journal_error& error) {
    log_.rollback();
    if (error.is() != journal_error::kind::busy)
      throw;
    ++counters_->put_off;
    counters_->is_stuck = true;
    made.assign(wanted.size(), nullptr);
  }
  return made;
}

std::shared_ptr<sku_life> lease_desk::begin_life(const leased_name& of,
                                                 shared_log::taking taken,
                                                 std::int64_t now_ms) {
  if (taken.token == 0) {
    // Somebody was quicker: SKU actors are to know.
    watch_->is_free(of, now_ms);
    return nullptr;
  }
  auto made = std::make_shared<sku_life>();
  made->token = taken.token;
  held_.insert_or_assign(of, made);
  note_taken(*counters_, of, taken);
  return made;
}

void lease_desk::publish() noexcept {
  counters_->held = held_.size();
}

} // namespace holdfast
