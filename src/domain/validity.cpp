#include "holdfast/validity.hpp"

#include <string_view>

#include "holdfast/limits.hpp"
#include "holdfast/names.hpp"

namespace holdfast {

namespace {

bool is_within(std::int64_t value, std::int64_t min, std::int64_t max) {
  return value >= min && value <= max;
}

bool is_optional(std::int64_t value, std::int64_t min, std::int64_t max) {
  return value == absent || is_within(value, min, max);
}

bool is_text(std::string_view text) {
  return text.size() <= limits::text_bytes_max && is_utf8(text);
}

bool is_condition(const etag_condition& condition) {
  switch (condition.is) {
  case etag_condition::kind::none:
  case etag_condition::kind::any:
    return condition.versions.empty();
  case etag_condition::kind::list:
    return condition.versions.size() <= limits::field_bytes_max;
  }
  return false;
}

bool is_named_well(const origin& from) {
  return is_store_id(from.store) && is_sku(from.sku) && is_text(from.reason)
         && is_text(from.reference)
         && (from.key.empty() || is_idempotency_key(from.key))
         && (from.actor.empty() || is_store_id(from.actor));
}

/// Stands for a count in `ask`: some of the three, and nothing else.
bool is_count(const command& ask) {
  const auto is_balance = [](std::int64_t value) {
    return is_optional(value, 0, limits::balance_max);
  };
  return is_balance(ask.on_hand) && is_balance(ask.safety_stock)
         && is_balance(ask.backorder_limit)
         && (ask.on_hand != absent || ask.safety_stock != absent
             || ask.backorder_limit != absent);
}

bool has_amount(const command& ask) {
  switch (ask.from.what) {
  case action::read:
  case action::read_reservation:
  case action::extend:
    return true;
  case action::adjust:
    return ask.amount != 0
           && is_within(ask.amount, -limits::amount_max, limits::amount_max);
  case action::reserve:
    return is_within(ask.amount, 1, limits::amount_max);
  case action::release:
  case action::commit:
    return is_optional(ask.amount, 1, limits::amount_max);
  case action::count:
    return is_count(ask);
  }
  return false;
}

} // namespace

bool is_valid(const command& ask) {
  return is_named_well(ask.from) && has_amount(ask)
         && is_optional(ask.ttl_s, 1, limits::ttl_s_max)
         && is_optional(ask.expected_version, 0,
                        std::numeric_limits<std::int64_t>::max())
         && is_condition(ask.if_match) && is_condition(ask.if_none_match)
         && ask.reservation.grant_seq <= limits::seq_max && is_text(ask.owner);
}

} // namespace holdfast
