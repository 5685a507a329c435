#include "holdfast/ledger_reading.hpp"

#include <utility>

#include "holdfast/backoff.hpp"
#include "holdfast/validity.hpp"

namespace holdfast {

namespace {

using phase = ledger_position::phase;

bool is_same_place(const ledger_position& a, const ledger_position& b) {
  return a.is == b.is && a.store == b.store && a.sku == b.sku && a.seq == b.seq;
}

} // namespace

ledger_reading::ledger_reading(const settings& with)
    : with_(with), breaker_(with.breaker) {
  // nop
}

void ledger_reading::begin_round() {
  is_ = is_away_ ? state::failed : state::due;
  is_anew_ = false;
  target_.reset();
  attempts_ = 0;
}

std::optional<ledger_reading::question>
ledger_reading::next(clock::time_point now) {
  if (is_ == state::asked && until_ <= now)
    count_fault(now);
  if (is_ == state::pausing && until_ <= now)
    is_ = state::due;
  if (is_ != state::due)
    return std::nullopt;
  if (breaker_.admit(1, now) == 0) {
    ++refused_;
    is_ = state::failed;
    return std::nullopt;
  }
  is_ = state::asked;
  until_ = now + with_.timeout;
  return question{++number_, at_};
}

/// A ledger never ends before what was read of it, and every page but the
/// last one of a round has something.
bool ledger_reading::moves_on(const ledger_page& page) const noexcept {
  const auto end = target_.value_or(page.last_seq);
  if (page.last_seq < end || page.next.seq < at_.seq)
    return false;
  if (page.next.is != phase::events)
    return page.next.is == phase::records && !is_same_place(page.next, at_)
           && at_.is != phase::events;
  return page.next.seq <= page.last_seq
         && (!is_same_place(page.next, at_) || at_.seq >= end);
}

void ledger_reading::take(std::uint64_t number, const ledger_page& page,
                          central_fold& into, clock::time_point now) {
  if (is_ != state::asked || number != number_)
    return;
  if (page.is_other && at_ != ledger_position{}) {
    begin_anew(into);
    return;
  }
  if (page.is_other || !is_valid(page) || !moves_on(page)) {
    count_fault(now);
    return;
  }
  breaker_.record(1, 0, now);
  attempts_ = 0;
  if (!target_)
    target_ = page.last_seq;
  for (const auto& row : page.records)
    into.take(row);
  if (at_.is != phase::events && page.next.is == phase::events)
    overlap_end_ = page.last_seq;
  for (const auto& row : page.changes)
    into.take(row, row.seq <= overlap_end_);
  at_ = page.next;
  const auto is_done = at_.is == phase::events && at_.seq >= *target_;
  is_ = is_done ? state::done : state::due;
}

/// A node that said so each time would keep its round from ending.
void ledger_reading::begin_anew(central_fold& into) {
  into.forget(into.heard());
  restart();
  target_.reset();
  attempts_ = 0;
  if (!std::exchange(is_anew_, true))
    is_ = state::due;
}

void ledger_reading::fail(std::uint64_t number, clock::time_point now) {
  if (is_ == state::asked && number == number_)
    count_fault(now);
}

void ledger_reading::restart() {
  // With it goes whatever was asked and not answered.
  breaker_ = breaker_policy{with_.breaker};
  is_ = state::failed;
  at_ = {};
  overlap_end_ = 0;
}

/// A round goes on here.
bool ledger_reading::is_open() const noexcept {
  return is_ != state::done && is_ != state::failed;
}

void ledger_reading::lose() {
  is_away_ = true;
  if (is_open())
    is_ = state::failed;
}

void ledger_reading::reach() {
  is_away_ = false;
  breaker_ = breaker_policy{with_.breaker};
  attempts_ = 0;
  if (is_open())
    is_ = state::due;
}

void ledger_reading::count_fault(clock::time_point now) {
  breaker_.record(0, 1, now);
  if (++attempts_ > with_.retry_times) {
    is_ = state::failed;
    return;
  }
  is_ = state::pausing;
  // Ledgers that failed together are not asked together again.
  const auto jitter = number_ * 0x9e3779b97f4a7c15 >> 32;
  until_ = now + backoff(with_.retry_base, attempts_, jitter);
}

ledger_reading::clock::time_point ledger_reading::wakes_at() const noexcept {
  switch (is_) {
  case state::due:
    return clock::time_point::min();
  case state::asked:
  case state::pausing:
    return until_;
  case state::done:
  case state::failed:
    break;
  }
  return clock::time_point::max();
}

} // namespace holdfast
