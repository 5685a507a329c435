// The members that a body may have: names, types, ranges, and which action
// takes which.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "holdfast/command.hpp"

namespace holdfast::http {

/// In the order of their names, which is that of canonical JSON.
enum class member : std::uint8_t {
  backorder_limit,
  delta,
  expected_version,
  on_hand,
  owner,
  quantity,
  reason,
  reference,
  reservation_id,
  safety_stock,
  ttl_seconds,
};
inline constexpr std::size_t member_count = 11;

/// Some of the members.
class member_set {
public:
  constexpr member_set() = default;
  template <class... Members>
  constexpr explicit member_set(Members... all) {
    (insert(all), ...);
  }
  constexpr void insert(member one) noexcept {
    bits_ |= 1u << static_cast<unsigned>(one);
  }
  constexpr bool contains(member one) const noexcept {
    return (bits_ >> static_cast<unsigned>(one) & 1u) != 0;
  }
  constexpr bool intersects(member_set other) const noexcept {
    return (bits_ & other.bits_) != 0;
  }
  constexpr bool empty() const noexcept {
    return bits_ == 0;
  }
  constexpr bool operator==(const member_set&) const = default;

private:
  unsigned bits_ = 0;
};

/// What a member looks like: a text, or an integer in a range.
struct member_rule {
  std::string_view name;
  /// Where an integer goes; null for a text.
  std::int64_t command::*number = nullptr;
  /// Both inclusive, for integers. A `delta` is not 0 either.
  std::int64_t low = 0;
  std::int64_t high = 0;

  bool is_text() const noexcept {
    return number == nullptr;
  }
};

const member_rule& rule_of(member one) noexcept;

/// The member of that name on the wire.
std::optional<member> member_named(std::string_view name) noexcept;

/// What the body of one action holds.
struct body_shape {
  member_set known;
  /// Each of these has to be there.
  member_set required;
  /// One of these has to be there, unless the set is empty.
  member_set one_of;
};

/// Shape for a write; `by_reservation` tells the path that names the id.
body_shape shape_of(action what, bool by_reservation) noexcept;

} // namespace holdfast::http
