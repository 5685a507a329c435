// What is true of one SKU in one store: the fold of its events.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "holdfast/command.hpp"

namespace holdfast {

/// The numbers of a record after one version of it.
struct balances {
  std::int64_t on_hand = 0;
  std::int64_t reserved = 0;
  std::int64_t safety_stock = 0;
  std::int64_t backorder_limit = 0;
  /// 0 while the record does not exist, then 1, 2, 3, … without gaps.
  std::uint64_t version = 0;
  /// Milliseconds since the epoch, by the owner's clock.
  std::int64_t updated_at_ms = 0;

  constexpr std::int64_t available() const noexcept {
    return on_hand - reserved - safety_stock;
  }
  constexpr bool exists() const noexcept {
    return version != 0;
  }
  bool operator==(const balances&) const = default;
};

/// Terminal states are final. Stored in the journal: append only.
enum class reservation_state : std::uint8_t {
  active = 1,
  committed,
  released,
  expired,
};

/// A hold on stock, live or closed.
struct reservation {
  reservation_ref ref;
  reservation_state state = reservation_state::active;
  /// As granted; never changes.
  std::int64_t quantity = 0;
  std::int64_t committed = 0;
  std::int64_t released = 0;
  std::int64_t created_at_ms = 0;
  std::int64_t expires_at_ms = 0;
  std::string owner;
  std::string reference;

  /// What still counts into `balances::reserved`.
  constexpr std::int64_t held() const noexcept {
    return quantity - committed - released;
  }
  bool operator==(const reservation&) const = default;
};

/// The state of one SKU. Changed by `apply` alone.
struct stock {
  balances now;
  /// Live reservations by the version that granted them.
  std::map<std::uint64_t, reservation> holds;
  /// The same reservations as (expiry, grant version), soonest first.
  std::set<std::pair<std::int64_t, std::uint64_t>> expiries;

  bool exists() const noexcept {
    return now.exists();
  }
  bool operator==(const stock&) const = default;
};

} // namespace holdfast
