// The rules of stock once more, as plainly as they can be put: vectors and
// loops, sums taken anew each time. Shares no code with src/domain/.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "holdfast/outcome.hpp"

namespace holdfast::test {

/// One SKU, judged by reading the contract line by line.
class naive_model {
public:
  explicit naive_model(std::int64_t default_ttl_s)
      : default_ttl_s_(default_ttl_s) {
    // nop
  }

  /// Expires what is due, then answers `ask`.
  outcome answer(const command& ask, std::int64_t now_ms);
  /// Expires the hold that is due first; nothing if none is.
  std::optional<reservation> expire_next(std::int64_t now_ms);
  /// Answers `ask`, whatever is due.
  outcome judge(const command& ask, std::int64_t now_ms);
  /// The grant of `version` became durable under the number `seq`.
  void number_grant(std::uint64_t version, std::uint64_t seq);

  balances record() const;
  /// Live holds in the order of their grants.
  std::vector<reservation> live() const;

private:
  outcome change_stock(const command& ask, std::int64_t now_ms);
  outcome grant(const command& ask, std::int64_t now_ms);
  outcome use_hold(const command& ask, reservation& hold, std::int64_t now_ms);
  outcome use_closed(const command& ask, const reservation& hold) const;
  void next_version(std::int64_t now_ms);
  std::int64_t reserved() const;
  outcome refuse(error_code code) const;
  outcome short_of(std::int64_t requested) const;
  outcome show() const;
  outcome show(const reservation& hold) const;

  std::int64_t default_ttl_s_;
  std::int64_t on_hand_ = 0;
  std::int64_t safety_stock_ = 0;
  std::int64_t backorder_limit_ = 0;
  std::uint64_t version_ = 0;
  std::int64_t updated_at_ms_ = 0;
  std::vector<reservation> holds_; // all there ever were
};

} // namespace holdfast::test
