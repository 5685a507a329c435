#include "tests/support/naive_model.hpp"

namespace holdfast::test {

namespace {

constexpr std::int64_t most = 1'000'000'000'000'000;

bool lists(const etag_condition& condition, std::uint64_t version) {
  for (auto named : condition.versions)
    if (named == version)
      return true;
  return false;
}

} // namespace

outcome naive_model::answer(const command& ask, std::int64_t now_ms) {
  while (expire_next(now_ms))
    continue;
  return judge(ask, now_ms);
}

outcome naive_model::judge(const command& ask, std::int64_t now_ms) {
  using kind = etag_condition::kind;
  const bool exists = version_ > 0;
  const bool writes = ask.from.what != action::read
                      && ask.from.what != action::read_reservation;
  bool fails = false;
  if (ask.if_match.is != kind::none && !exists)
    fails = true;
  if (ask.if_match.is == kind::list && !lists(ask.if_match, version_))
    fails = true;
  if (writes && exists && ask.if_none_match.is == kind::any)
    fails = true;
  if (writes && exists && ask.if_none_match.is == kind::list
      && lists(ask.if_none_match, version_))
    fails = true;
  if (fails) {
    auto no = refuse(error_code::precondition_failed);
    if (exists)
      no.current_version = static_cast<std::int64_t>(version_);
    return no;
  }
  const bool stock_action =
      ask.from.what == action::read || ask.from.what == action::adjust
      || ask.from.what == action::count || ask.from.what == action::reserve;
  const bool creates = ask.from.what == action::count
                       || (ask.from.what == action::adjust && ask.amount > 0);
  if (!exists && !creates)
    return refuse(stock_action ? error_code::sku_not_found
                               : error_code::reservation_not_found);
  if (ask.expected_version != absent
      && ask.expected_version != static_cast<std::int64_t>(version_)) {
    auto no = refuse(error_code::version_conflict);
    no.expected_version = ask.expected_version;
    no.current_version = static_cast<std::int64_t>(version_);
    return no;
  }
  if (ask.from.what == action::read)
    return show();
  if (ask.from.what == action::reserve)
    return grant(ask, now_ms);
  if (stock_action)
    return change_stock(ask, now_ms);
  for (auto& hold : holds_)
    if (hold.ref == ask.reservation)
      return hold.state == reservation_state::active
                 ? use_hold(ask, hold, now_ms)
                 : use_closed(ask, hold);
  return refuse(error_code::reservation_not_found);
}

std::optional<reservation> naive_model::expire_next(std::int64_t now_ms) {
  reservation* first = nullptr;
  for (auto& hold : holds_) {
    if (hold.state != reservation_state::active || hold.ref.grant_seq == 0
        || hold.expires_at_ms > now_ms)
      continue;
    if (first == nullptr || hold.expires_at_ms < first->expires_at_ms)
      first = &hold;
  }
  if (first == nullptr)
    return std::nullopt;
  first->released = first->quantity;
  first->state = reservation_state::expired;
  next_version(now_ms);
  return *first;
}

outcome naive_model::change_stock(const command& ask, std::int64_t now_ms) {
  const bool adjusts = ask.from.what == action::adjust;
  auto on_hand = ask.on_hand == absent ? on_hand_ : ask.on_hand;
  auto safety = ask.safety_stock == absent ? safety_stock_ : ask.safety_stock;
  auto backorders =
      ask.backorder_limit == absent ? backorder_limit_ : ask.backorder_limit;
  if (adjusts) {
    on_hand = on_hand_ + ask.amount;
    safety = safety_stock_;
    backorders = backorder_limit_;
  }
  const auto uncovered = on_hand - reserved() < -backorders;
  if (adjusts && uncovered)
    return short_of(ask.amount < 0 ? -ask.amount : ask.amount);
  for (auto value : {on_hand, safety, backorders}) {
    if (value >= 0 && value <= most)
      continue;
    auto no = refuse(error_code::limit_exceeded);
    no.limit = value < 0 ? 0 : most;
    return no;
  }
  if (uncovered)
    return short_of((on_hand_ - on_hand) + (backorder_limit_ - backorders));
  on_hand_ = on_hand;
  safety_stock_ = safety;
  backorder_limit_ = backorders;
  next_version(now_ms);
  auto yes = show();
  yes.created = !adjusts && version_ == 1;
  return yes;
}

balances naive_model::record() const {
  return {on_hand_,         reserved(), safety_stock_,
          backorder_limit_, version_,   updated_at_ms_};
}

void naive_model::next_version(std::int64_t now_ms) {
  ++version_;
  updated_at_ms_ = now_ms;
}

outcome naive_model::refuse(error_code code) const {
  outcome no;
  no.code = code;
  return no;
}

outcome naive_model::short_of(std::int64_t requested) const {
  auto no = refuse(error_code::insufficient_stock);
  no.requested = requested;
  no.available = on_hand_ - reserved() - safety_stock_;
  return no;
}

outcome naive_model::show() const {
  outcome yes;
  yes.has_record = true;
  yes.record = record();
  return yes;
}

outcome naive_model::show(const reservation& hold) const {
  auto yes = show();
  yes.has_hold = true;
  yes.hold = hold;
  return yes;
}

} // namespace holdfast::test
