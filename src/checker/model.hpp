// The rules of stock for the checker: one SKU, one thread, fast enough for
// long histories. Shares no code with src/domain/.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <utility>

#include "holdfast/outcome.hpp"

namespace holdfast::checker {

/// Of a balance.
inline constexpr std::int64_t balance_max = 1'000'000'000'000'000;

/// False for numbers that the contract lets nobody ask for; over HTTP it wants
/// some that have a default elsewhere. Counts have bounds that are the model's
/// to judge.
bool may_be_asked(const command& ask, bool is_http);

/// A count that does not say what it replaces.
bool is_blind(const command& ask);

/// False if `code` is about the question alone, and nothing that a history can
/// tell of `ask` is a reason for it.
bool may_be_refused_as(error_code code, const command& ask);

/// One SKU after some version of it.
class model {
public:
  /// If `is_http`, what lacks something that HTTP demands is refused.
  explicit model(std::int64_t default_ttl_s, bool is_http = false)
      : default_ttl_s_(default_ttl_s), is_http_(is_http) {
    // nop
  }

  /// The answer to `ask` in this state, where nothing is due. A change is
  /// answered as if it had been made. What nobody may ask for is refused.
  outcome judge(const command& ask, std::int64_t now_ms) const;
  /// The answer to the expiry of a hold: it and the record afterwards.
  outcome expire(const reservation_ref& ref, std::int64_t now_ms) const;
  /// Goes on to the next version.
  void apply(const event& change);

  const balances& record() const noexcept {
    return now_;
  }
  /// Live holds as (expiry in ms, grant version), soonest first.
  const std::set<std::pair<std::int64_t, std::uint64_t>>& due() const noexcept {
    return due_;
  }
  /// Sum of what the live holds hold.
  std::int64_t held() const noexcept {
    return held_;
  }

private:
  bool preconditions_fail(const command& ask) const;
  outcome adjust(const command& ask, std::int64_t now_ms) const;
  outcome count(const command& ask, std::int64_t now_ms) const;
  outcome reserve(const command& ask, std::int64_t now_ms) const;
  outcome use(const command& ask, std::int64_t now_ms) const;
  outcome use_live(const command& ask, reservation hold,
                   std::int64_t now_ms) const;
  outcome use_closed(const command& ask, const reservation& hold) const;
  outcome done(balances after, std::int64_t now_ms) const;
  outcome show() const;
  outcome short_of(std::int64_t requested) const;
  static outcome with_hold(outcome made, const reservation& hold);
  std::int64_t ends_ms(const command& ask, std::int64_t now_ms) const;

  std::int64_t default_ttl_s_;
  bool is_http_;
  balances now_;
  std::int64_t held_ = 0;
  /// All there ever were, by the version that granted them.
  std::map<std::uint64_t, reservation> holds_;
  std::set<std::pair<std::int64_t, std::uint64_t>> due_;
};

} // namespace holdfast::checker
