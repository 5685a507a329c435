// What a caller wants. Commands are imperative; they carry no decision.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace holdfast {

/// SHA-256, also of a request body in canonical JSON.
using digest = std::array<std::uint8_t, 32>;

/// Marks an integer member that the caller left out.
inline constexpr std::int64_t absent = std::numeric_limits<std::int64_t>::min();

/// Stored in the journal as the scope of an idempotency key: append only.
enum class action : std::uint8_t {
  read = 1,
  read_reservation,
  adjust,
  count,
  reserve,
  release,
  commit,
  extend,
};

/// True for commands that may change stock.
constexpr bool is_write(action what) noexcept {
  return what != action::read && what != action::read_reservation;
}

/// Who asked, about what, and how the caller names the request. An accepted
/// command hands this on to its event unchanged.
struct origin {
  action what = action::read;
  /// Came by `/api/reservations/{id}/…`: another path, so another key scope.
  bool by_reservation = false;
  std::string store;
  std::string sku;
  std::string reason;
  std::string reference;
  /// Idempotency-Key, unquoted; empty when the caller sent none.
  std::string key;
  /// Name of the API key, empty without access control.
  std::string actor;
  digest fingerprint{};
};

/// Names a reservation inside its SKU: the version of the record and the
/// sequence number of the event that granted it. Both are never reused.
struct reservation_ref {
  std::uint64_t grant_version = 0;
  std::uint64_t grant_seq = 0;

  bool operator==(const reservation_ref&) const = default;
};

/// `If-Match` or `If-None-Match` (RFC 9110, section 13.1), strong ETags only.
struct etag_condition {
  enum class kind : std::uint8_t { none, any, list };
  kind is = kind::none;
  /// Versions named by a list; a weak or foreign ETag names none.
  std::vector<std::uint64_t> versions;
};

/// One request to one SKU. Validated: every value is inside `limits`.
struct command {
  origin from;
  /// `delta` of an adjust, `quantity` of the others; absent for "all of it".
  std::int64_t amount = absent;
  /// New values of a count; at least one is present.
  std::int64_t on_hand = absent;
  std::int64_t safety_stock = absent;
  std::int64_t backorder_limit = absent;
  /// Seconds from now; absent takes the configured default.
  std::int64_t ttl_s = absent;
  std::int64_t expected_version = absent;
  etag_condition if_match;
  etag_condition if_none_match;
  reservation_ref reservation;
  /// Who the hold is for.
  std::string owner;
};

} // namespace holdfast
