#include <algorithm>
#include <cassert>

#include "judge.hpp"

namespace holdfast {

namespace {

bool names_version(const etag_condition& condition, std::uint64_t version) {
  return std::find(condition.versions.begin(), condition.versions.end(),
                   version)
         != condition.versions.end();
}

/// RFC 9110, section 13.1. `If-None-Match` on a read selects between 200 and
/// 304, which is for those who render the answer.
bool preconditions_hold(const balances& now, const command& cmd) {
  using kind = etag_condition::kind;
  const auto version = now.version;
  switch (cmd.if_match.is) {
  case kind::none:
    break;
  case kind::any:
    if (!now.exists())
      return false;
    break;
  case kind::list:
    if (!now.exists() || !names_version(cmd.if_match, version))
      return false;
    break;
  }
  if (!is_write(cmd.from.what) || !now.exists())
    return true;
  switch (cmd.if_none_match.is) {
  case kind::none:
    return true;
  case kind::any:
    return false;
  case kind::list:
    return !names_version(cmd.if_none_match, version);
  }
  return true;
}

/// What an action finds where no record exists: `none` if it may create one.
error_code missing(const command& cmd) {
  switch (cmd.from.what) {
  case action::adjust:
    return cmd.amount > 0 ? error_code::none : error_code::sku_not_found;
  case action::count:
    return error_code::none;
  case action::read:
  case action::reserve:
    return error_code::sku_not_found;
  case action::read_reservation:
  case action::release:
  case action::commit:
  case action::extend:
    return error_code::reservation_not_found;
  }
  return error_code::sku_not_found;
}

/// What keeps `cmd` from its rule; `none` if nothing does.
error_code objection(const balances& now, const command& cmd) {
  if (!preconditions_hold(now, cmd))
    return error_code::precondition_failed;
  if (!now.exists())
    if (const auto code = missing(cmd); code != error_code::none)
      return code;
  if (cmd.expected_version != absent
      && cmd.expected_version != static_cast<std::int64_t>(now.version))
    return error_code::version_conflict;
  return error_code::none;
}

outcome refused(error_code against, const balances& now, const command& cmd) {
  auto result = refusal(against);
  const auto is_conflict = against == error_code::version_conflict;
  if (is_conflict)
    result.expected_version = cmd.expected_version;
  if (is_conflict
      || (against == error_code::precondition_failed && now.exists()))
    result.current_version = static_cast<std::int64_t>(now.version);
  return result;
}

outcome found(const balances& now) {
  outcome result;
  result.has_record = true;
  result.record = now;
  return result;
}

decision find_hold(const stock& now, const command& cmd,
                   const circumstances& at) {
  const auto& ref = cmd.reservation;
  const auto found = now.holds.find(ref.grant_version);
  if (found != now.holds.end()) {
    if (found->second.ref.grant_seq == ref.grant_seq)
      return judge_hold(now, found->second, cmd, at);
    return refusal(error_code::reservation_not_found);
  }
  if (ref.grant_version == 0 || ref.grant_version > now.now.version)
    return refusal(error_code::reservation_not_found);
  return closed_query{};
}

} // namespace

outcome judge_read(const balances& now, const command& cmd) {
  const auto against = objection(now, cmd);
  return against == error_code::none ? found(now) : refused(against, now, cmd);
}

decision decide(const stock& now, const command& cmd, const circumstances& at) {
  const auto against = objection(now.now, cmd);
  if (against != error_code::none)
    return refused(against, now.now, cmd);
  switch (cmd.from.what) {
  case action::read:
    return found(now.now);
  case action::adjust:
    return adjust(now, cmd, at);
  case action::count:
    return count(now, cmd, at);
  case action::reserve:
    return reserve(now, cmd, at);
  case action::read_reservation:
  case action::release:
  case action::commit:
  case action::extend:
    return find_hold(now, cmd, at);
  }
  assert(false && "an action without a rule");
  return refusal(error_code::internal);
}

stock_change next_change(event_type type, const stock& now,
                         std::int64_t now_ms) {
  stock_change change;
  change.type = type;
  change.after = now.now;
  ++change.after.version;
  change.after.updated_at_ms = now_ms;
  return change;
}

outcome insufficient_stock(std::int64_t requested, const balances& now) {
  auto result = refusal(error_code::insufficient_stock);
  result.requested = requested;
  result.available = now.available();
  return result;
}

outcome limit_exceeded(std::int64_t value) {
  auto result = refusal(error_code::limit_exceeded);
  result.limit = value < 0 ? 0 : limits::balance_max;
  return result;
}

} // namespace holdfast
