// What there is to say about a question alone.
#include <algorithm>

#include "holdfast/plain_text.hpp"
#include "src/checker/model.hpp"

namespace holdfast::checker {

namespace {

/// Of one command.
constexpr std::int64_t most_at_once = 1'000'000'000;
constexpr std::int64_t longest_s = 14'400;
constexpr std::size_t longest_text = 256;
constexpr std::size_t longest_key = 255;

bool is_amount(std::int64_t value) {
  return value >= 1 && value <= most_at_once;
}

bool is_level(std::int64_t value) {
  return value == absent || (value >= 0 && value <= balance_max);
}

bool is_text(const std::string& text) {
  return text.size() <= longest_text && !has_control(text);
}

/// However its caller spells it: one with quotes or backslashes may have been
/// quoted badly.
bool is_key(const std::string& key) {
  return key.size() <= longest_key
         && std::all_of(key.begin(), key.end(), [](char c) {
              return c > 0x20 && c < 0x7f && c != '"' && c != '\\';
            });
}

/// A field with nothing in it reads like a list that names no version.
bool is_condition(const etag_condition& of) {
  return of.is != etag_condition::kind::list || !of.versions.empty();
}

/// Says nothing that its kind of request does not take.
bool has_own_members(const command& ask) {
  const auto what = ask.from.what;
  const auto is_count = what == action::count;
  const auto is_use = what == action::release || what == action::commit;
  const auto is_about_hold =
      is_use || what == action::extend || what == action::read_reservation;
  const auto takes_amount =
      is_use || what == action::adjust || what == action::reserve;
  const auto takes_time = what == action::reserve || what == action::extend;
  const auto has_level = ask.on_hand != absent || ask.safety_stock != absent
                         || ask.backorder_limit != absent;
  return (takes_amount || ask.amount == absent)
         && (takes_time || ask.ttl_s == absent) && (is_count || !has_level)
         && (ask.expected_version == absent || (is_write(what) && !is_count))
         && (is_about_hold || ask.reservation == reservation_ref{})
         && (what == action::reserve || ask.owner.empty())
         && (is_write(what)
             || (ask.from.reason.empty() && ask.from.reference.empty()));
}

bool is_well_formed(const command& ask) {
  const auto& from = ask.from;
  return may_be_asked(ask, true) && has_own_members(ask)
         && is_level(ask.on_hand) && is_level(ask.safety_stock)
         && is_level(ask.backorder_limit)
         && (ask.expected_version == absent || ask.expected_version >= 0)
         && is_text(ask.owner) && is_text(from.reason)
         && is_text(from.reference) && is_key(from.key)
         && is_condition(ask.if_match) && is_condition(ask.if_none_match);
}

} // namespace

bool may_be_asked(const command& ask, bool is_http) {
  if (ask.ttl_s != absent && (ask.ttl_s < 1 || ask.ttl_s > longest_s))
    return false;
  switch (ask.from.what) {
  case action::adjust:
    return is_amount(ask.amount)
           || (ask.amount >= -most_at_once && ask.amount <= -1);
  case action::reserve:
    return is_amount(ask.amount);
  case action::release:
  case action::commit:
    return ask.amount == absent || is_amount(ask.amount);
  case action::count:
    return ask.on_hand != absent || ask.safety_stock != absent
           || ask.backorder_limit != absent;
  case action::extend:
    return !is_http || ask.ttl_s != absent;
  case action::read:
  case action::read_reservation:
    break;
  }
  return true;
}

bool is_blind(const command& ask) {
  using kind = etag_condition::kind;
  return ask.from.what == action::count && ask.if_match.is == kind::none
         && ask.if_none_match.is != kind::any;
}

bool may_be_refused_as(error_code code, const command& ask) {
  switch (code) {
  case error_code::invalid_request:
  case error_code::body_too_large:
  case error_code::headers_too_large:
    return !is_well_formed(ask);
  case error_code::precondition_required:
    return is_blind(ask);
  case error_code::route_not_found:
  case error_code::method_not_allowed:
  case error_code::length_required:
  case error_code::uri_too_long:
  case error_code::unsupported_media_type:
  case error_code::not_implemented:
  case error_code::version_not_supported:
    // Of requests that are none for what a line tells.
    return false;
  default:
    return true;
  }
}

} // namespace holdfast::checker
