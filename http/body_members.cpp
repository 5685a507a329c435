#include "http/body_members.hpp"

#include <array>
#include <limits>

#include "holdfast/limits.hpp"

namespace holdfast::http {

namespace {

using enum member;

constexpr auto version_max = std::numeric_limits<std::int64_t>::max();

constexpr std::array<member_rule, member_count> rules{{
    {"backorderLimit", &command::backorder_limit, 0, limits::balance_max},
    {"delta", &command::amount, -limits::amount_max, limits::amount_max},
    {"expectedVersion", &command::expected_version, 0, version_max},
    {"onHand", &command::on_hand, 0, limits::balance_max},
    {"owner"},
    {"quantity", &command::amount, 1, limits::amount_max},
    {"reason"},
    {"reference"},
    {"reservationId"},
    {"safetyStock", &command::safety_stock, 0, limits::balance_max},
    {"ttlSeconds", &command::ttl_s, 1, limits::ttl_s_max},
}};

constexpr bool is_sorted() {
  for (std::size_t i = 1; i < rules.size(); ++i)
    if (rules[i - 1].name >= rules[i].name)
      return false;
  return true;
}
static_assert(is_sorted(), "canonical JSON has its members sorted");

} // namespace

const member_rule& rule_of(member one) noexcept {
  return rules[static_cast<std::size_t>(one)];
}

std::optional<member> member_named(std::string_view name) noexcept {
  for (std::size_t i = 0; i < rules.size(); ++i)
    if (rules[i].name == name)
      return static_cast<member>(i);
  return std::nullopt;
}

body_shape shape_of(action what, bool by_reservation) noexcept {
  switch (what) {
  case action::read:
  case action::read_reservation:
    return {};
  case action::adjust:
    return {member_set{delta, expected_version, reason, reference},
            member_set{delta},
            {}};
  case action::count: {
    const member_set levels{backorder_limit, on_hand, safety_stock};
    auto known = levels;
    known.insert(reason);
    known.insert(reference);
    return {known, {}, levels};
  }
  case action::reserve:
    return {member_set{quantity, ttl_seconds, expected_version, owner, reason,
                       reference},
            member_set{quantity},
            {}};
  case action::release:
  case action::commit:
    if (by_reservation)
      return {
          member_set{quantity, expected_version, reason, reference}, {}, {}};
    return {member_set{reservation_id, quantity, expected_version, reason,
                       reference},
            member_set{reservation_id},
            {}};
  case action::extend:
    return {member_set{ttl_seconds, expected_version, reason, reference},
            member_set{ttl_seconds},
            {}};
  }
  return {};
}

} // namespace holdfast::http
