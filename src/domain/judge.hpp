// One judgement per action, between `decide` and its parts. Internal.
#pragma once

#include "holdfast/limits.hpp"
#include "holdfast/rules.hpp"

namespace holdfast {

/// Held stock may exceed what is on hand by the backorder limit, no more.
constexpr bool covers_holds(const balances& of) noexcept {
  return of.on_hand - of.reserved >= -of.backorder_limit;
}

constexpr bool in_range(std::int64_t balance) noexcept {
  return balance >= 0 && balance <= limits::balance_max;
}

/// The change that follows `now` and has changed nothing yet.
stock_change next_change(event_type type, const stock& now,
                         std::int64_t now_ms);

outcome insufficient_stock(std::int64_t requested, const balances& now);

/// `value` lies outside the range of every balance.
outcome limit_exceeded(std::int64_t value);

decision adjust(const stock& now, const command& cmd, const circumstances& at);
decision count(const stock& now, const command& cmd, const circumstances& at);
decision reserve(const stock& now, const command& cmd, const circumstances& at);

/// Release, commit, extend or read the live reservation `hold`.
decision judge_hold(const stock& now, const reservation& hold,
                    const command& cmd, const circumstances& at);

} // namespace holdfast
