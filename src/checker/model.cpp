#include "src/checker/model.hpp"

#include <algorithm>

namespace holdfast::checker {

namespace {

outcome no(error_code code) {
  outcome made;
  made.code = code;
  return made;
}

outcome beyond(std::int64_t value) {
  auto made = no(error_code::limit_exceeded);
  made.limit = value < 0 ? 0 : balance_max;
  return made;
}

bool uncovered(const balances& of) {
  return of.on_hand - of.reserved + of.backorder_limit < 0;
}

bool lists(const etag_condition& condition, std::uint64_t version) {
  const auto& named = condition.versions;
  return std::count(named.begin(), named.end(), version) > 0;
}

bool is_about_hold(action what) {
  return what == action::release || what == action::commit
         || what == action::extend || what == action::read_reservation;
}

} // namespace

bool model::preconditions_fail(const command& ask) const {
  using kind = etag_condition::kind;
  // A reservation has no ETag of its own that HTTP could compare with.
  if (is_http_ && ask.from.what == action::read_reservation)
    return false;
  const auto exists = now_.version > 0;
  if (ask.if_match.is == kind::any && !exists)
    return true;
  if (ask.if_match.is == kind::list
      && !(exists && lists(ask.if_match, now_.version)))
    return true;
  if (!exists || !is_write(ask.from.what))
    return false;
  return ask.if_none_match.is == kind::any
         || (ask.if_none_match.is == kind::list
             && lists(ask.if_none_match, now_.version));
}

outcome model::judge(const command& ask, std::int64_t now_ms) const {
  const auto what = ask.from.what;
  const auto version = static_cast<std::int64_t>(now_.version);
  if (!may_be_asked(ask, is_http_))
    return no(error_code::invalid_request);
  const auto is_aimless = is_http_ && is_blind(ask);
  if (is_aimless || preconditions_fail(ask)) {
    auto made = no(is_aimless ? error_code::precondition_required
                              : error_code::precondition_failed);
    made.current_version = version > 0 ? version : absent;
    return made;
  }
  const auto creates =
      what == action::count || (what == action::adjust && ask.amount > 0);
  if (version == 0 && !creates)
    return no(is_about_hold(what) ? error_code::reservation_not_found
                                  : error_code::sku_not_found);
  if (ask.expected_version != absent && ask.expected_version != version) {
    auto made = no(error_code::version_conflict);
    made.expected_version = ask.expected_version;
    made.current_version = version;
    return made;
  }
  if (what == action::read)
    return show();
  if (what == action::adjust)
    return adjust(ask, now_ms);
  if (what == action::count)
    return count(ask, now_ms);
  return what == action::reserve ? reserve(ask, now_ms) : use(ask, now_ms);
}

outcome model::adjust(const command& ask, std::int64_t now_ms) const {
  auto after = now_;
  after.on_hand += ask.amount;
  if (uncovered(after))
    return short_of(ask.amount < 0 ? -ask.amount : ask.amount);
  if (after.on_hand < 0 || after.on_hand > balance_max)
    return beyond(after.on_hand);
  return done(after, now_ms);
}

outcome model::count(const command& ask, std::int64_t now_ms) const {
  auto after = now_;
  for (const auto& [said, place] :
       {std::pair{ask.on_hand, &after.on_hand},
        std::pair{ask.safety_stock, &after.safety_stock},
        std::pair{ask.backorder_limit, &after.backorder_limit}}) {
    if (said == absent)
      continue;
    if (said < 0 || said > balance_max)
      return beyond(said);
    *place = said;
  }
  if (uncovered(after))
    return short_of(now_.on_hand + now_.backorder_limit - after.on_hand
                    - after.backorder_limit);
  auto made = done(after, now_ms);
  made.created = now_.version == 0;
  return made;
}

outcome model::reserve(const command& ask, std::int64_t now_ms) const {
  if (ask.amount > now_.available() + now_.backorder_limit)
    return short_of(ask.amount);
  auto after = now_;
  after.reserved += ask.amount;
  if (after.reserved > balance_max)
    return beyond(after.reserved);
  reservation hold;
  hold.ref.grant_version = now_.version + 1;
  hold.quantity = ask.amount;
  hold.created_at_ms = now_ms;
  hold.expires_at_ms = ends_ms(ask, now_ms);
  hold.owner = ask.owner;
  hold.reference = ask.from.reference;
  return with_hold(done(after, now_ms), hold);
}

outcome model::done(balances after, std::int64_t now_ms) const {
  outcome made;
  made.has_record = true;
  made.record = after;
  made.record.version = now_.version + 1;
  made.record.updated_at_ms = now_ms;
  return made;
}

outcome model::show() const {
  outcome made;
  made.has_record = true;
  made.record = now_;
  return made;
}

outcome model::with_hold(outcome made, const reservation& hold) {
  made.has_hold = true;
  made.hold = hold;
  return made;
}

outcome model::short_of(std::int64_t requested) const {
  auto made = no(error_code::insufficient_stock);
  made.requested = requested;
  made.available = now_.available();
  return made;
}

std::int64_t model::ends_ms(const command& ask, std::int64_t now_ms) const {
  return now_ms + 1000 * (ask.ttl_s == absent ? default_ttl_s_ : ask.ttl_s);
}

void model::apply(const event& change) {
  now_ = change.after;
  if (!change.has_hold())
    return;
  auto& hold = holds_[change.hold.ref.grant_version];
  if (due_.erase({hold.expires_at_ms, change.hold.ref.grant_version}) > 0)
    held_ -= hold.held();
  hold = change.hold;
  if (hold.state != reservation_state::active)
    return;
  due_.emplace(hold.expires_at_ms, hold.ref.grant_version);
  held_ += hold.held();
}

} // namespace holdfast::checker
