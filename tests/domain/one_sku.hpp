// One SKU with a journal of its own in memory: what the actor around the rules
// does, without the actor.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "holdfast/rules.hpp"

namespace holdfast::test {

command read();
command adjust(std::int64_t delta);
command count(std::int64_t on_hand, std::int64_t safety_stock = absent,
              std::int64_t backorder_limit = absent);
command reserve(std::int64_t quantity, std::int64_t ttl_s = absent);
command read_reservation(const reservation_ref& of);
command release(const reservation_ref& of, std::int64_t quantity = absent);
command commit(const reservation_ref& of, std::int64_t quantity = absent);
command extend(const reservation_ref& of, std::int64_t ttl_s = absent);
command if_match(command ask, std::vector<std::uint64_t> versions);
command if_match_any(command ask);
command if_none_match(command ask, std::vector<std::uint64_t> versions);
command if_none_match_any(command ask);
command expecting(command ask, std::int64_t version);

/// Fields are open: tests read them and turn the clock.
struct one_sku {
  static constexpr std::int64_t default_ttl_s = 900;

  stock state;
  /// Numbered once settled; `seq` has gaps, as beside other SKUs.
  std::vector<event> log;
  std::size_t settled = 0;
  std::int64_t now_ms = 1'000'000;
  std::int64_t ttl_s = default_ttl_s;
  /// Whether an event is durable before the next command.
  bool settles_at_once = true;

  /// Records expiries, decides, applies; asks the log about closed holds.
  outcome ask(command what);
  /// Numbers what is not numbered yet.
  void settle();
  /// The event that closed the hold granted by `grant_seq`.
  std::optional<event> closing_event(std::uint64_t grant_seq) const;
  /// The fold of the first `count` events from nothing.
  stock refold(std::size_t count) const;

  /// A hold of `quantity`; the test fails if it is refused.
  reservation_ref hold(std::int64_t quantity, std::int64_t for_s = absent);
  const event& last() const {
    return log.back();
  }

private:
  void record(event change);
};

/// A SKU with `on_hand` counted as its first version.
one_sku stocked(std::int64_t on_hand, std::int64_t safety_stock = 0,
                std::int64_t backorder_limit = 0);

} // namespace holdfast::test
