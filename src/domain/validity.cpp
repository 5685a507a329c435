#include "holdfast/validity.hpp"

#include <algorithm>
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

/// Of any balance, and of any difference of two.
bool is_amount(std::int64_t value) {
  constexpr auto most = 4 * limits::balance_max;
  return is_within(value, -most, most);
}

bool is_time(std::int64_t ms) {
  constexpr std::int64_t end_of_year_9999 = 253'402'300'799'999;
  return is_within(ms, 0, end_of_year_9999);
}

bool is_record(const balances& of) {
  return is_amount(of.on_hand) && is_amount(of.reserved)
         && is_amount(of.safety_stock) && is_amount(of.backorder_limit)
         && of.version <= limits::seq_max && is_time(of.updated_at_ms);
}

bool is_state(reservation_state state) {
  return state >= reservation_state::active
         && state <= reservation_state::expired;
}

bool is_hold(const reservation& of) {
  return of.ref.grant_version <= limits::seq_max
         && of.ref.grant_seq <= limits::seq_max && is_state(of.state)
         && is_amount(of.quantity) && is_amount(of.committed)
         && is_amount(of.released) && is_time(of.created_at_ms)
         && is_time(of.expires_at_ms) && is_text(of.owner)
         && is_text(of.reference);
}

bool is_change(const ledger_change& of) {
  return of.seq <= limits::seq_max && is_store_id(of.store) && is_sku(of.sku)
         && is_amount(of.delta) && is_amount(of.reserved_delta)
         && is_record(of.after);
}

bool is_position(const ledger_position& of) {
  using phase = ledger_position::phase;
  return of.is >= phase::fresh && of.is <= phase::events
         && (of.store.empty() || is_store_id(of.store))
         && (of.sku.empty() || is_sku(of.sku)) && of.seq <= limits::seq_max
         && of.seen.seq <= limits::seq_max;
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

bool is_valid(const outcome& answer) {
  return answer.code <= error_code_last && is_record(answer.record)
         && is_hold(answer.hold) && is_state(answer.state);
}

bool is_valid(const event& change) {
  return change.seq <= limits::seq_max && change.prev_seq <= limits::seq_max
         && change.type >= event_type::stock_adjusted
         && change.type <= event_type::reservation_expired
         && is_amount(change.delta) && is_amount(change.reserved_delta)
         && is_record(change.after) && is_hold(change.hold)
         && is_named_well(change.from);
}

bool is_valid(const ledger_page& page) {
  return std::all_of(page.records.begin(), page.records.end(),
                     [](const ledger_record& each) {
                       return is_store_id(each.store) && is_sku(each.sku)
                              && is_record(each.is);
                     })
         && std::all_of(page.changes.begin(), page.changes.end(), is_change)
         && is_position(page.next) && page.last_seq <= limits::seq_max;
}

} // namespace holdfast
