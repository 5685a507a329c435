#include "tests/domain/one_sku.hpp"

#include <doctest/doctest.h>

#include <utility>

namespace holdfast::test {

namespace {

command make(action what) {
  command ask;
  ask.from.what = what;
  ask.from.store = "store-1";
  ask.from.sku = "85123A";
  return ask;
}

command about(action what, const reservation_ref& of) {
  auto ask = make(what);
  ask.reservation = of;
  return ask;
}

} // namespace

command read() {
  return make(action::read);
}

command adjust(std::int64_t delta) {
  auto ask = make(action::adjust);
  ask.amount = delta;
  return ask;
}

command count(std::int64_t on_hand, std::int64_t safety_stock,
              std::int64_t backorder_limit) {
  auto ask = make(action::count);
  ask.on_hand = on_hand;
  ask.safety_stock = safety_stock;
  ask.backorder_limit = backorder_limit;
  return ask;
}

command reserve(std::int64_t quantity, std::int64_t ttl_s) {
  auto ask = make(action::reserve);
  ask.amount = quantity;
  ask.ttl_s = ttl_s;
  return ask;
}

command read_reservation(const reservation_ref& of) {
  return about(action::read_reservation, of);
}

command release(const reservation_ref& of, std::int64_t quantity) {
  auto ask = about(action::release, of);
  ask.amount = quantity;
  return ask;
}

command commit(const reservation_ref& of, std::int64_t quantity) {
  auto ask = about(action::commit, of);
  ask.amount = quantity;
  return ask;
}

command extend(const reservation_ref& of, std::int64_t ttl_s) {
  auto ask = about(action::extend, of);
  ask.ttl_s = ttl_s;
  return ask;
}

command if_match(command ask, std::vector<std::uint64_t> versions) {
  ask.if_match = {etag_condition::kind::list, std::move(versions)};
  return ask;
}

command if_match_any(command ask) {
  ask.if_match = {etag_condition::kind::any, {}};
  return ask;
}

command if_none_match(command ask, std::vector<std::uint64_t> versions) {
  ask.if_none_match = {etag_condition::kind::list, std::move(versions)};
  return ask;
}

command if_none_match_any(command ask) {
  ask.if_none_match = {etag_condition::kind::any, {}};
  return ask;
}

command expecting(command ask, std::int64_t version) {
  ask.expected_version = version;
  return ask;
}

outcome one_sku::ask(command what) {
  for (auto& expiry : due_expiries(state, what.from, now_ms))
    record(std::move(expiry));
  auto decided = decide(state, what, {now_ms, ttl_s});
  if (auto* answer = std::get_if<outcome>(&decided))
    return *answer;
  if (auto* change = std::get_if<stock_change>(&decided)) {
    record({std::move(*change), what.from});
    return outcome_of(last());
  }
  if (const auto closing = closing_event(what.reservation.grant_seq))
    return judge_closed(what, *closing);
  return refusal(error_code::reservation_not_found);
}

void one_sku::record(event change) {
  apply(state, change);
  log.push_back(std::move(change));
  if (settles_at_once)
    settle();
}

void one_sku::settle() {
  for (; settled < log.size(); ++settled) {
    auto& change = log[settled];
    change.prev_seq = settled == 0 ? 0 : log[settled - 1].seq;
    change.seq = 3 * change.after.version + 7;
    if (change.type != event_type::stock_reserved)
      continue;
    change.hold.ref.grant_seq = change.seq;
    note_grant_seq(state, change.hold.ref.grant_version, change.seq);
  }
}

std::optional<event> one_sku::closing_event(std::uint64_t grant_seq) const {
  for (const auto& change : log)
    if (closes_hold(change) && change.hold.ref.grant_seq == grant_seq)
      return change;
  return std::nullopt;
}

stock one_sku::refold(std::size_t count) const {
  stock folded;
  for (std::size_t i = 0; i < count; ++i)
    apply(folded, log[i]);
  return folded;
}

reservation_ref one_sku::hold(std::int64_t quantity, std::int64_t for_s) {
  const auto answer = ask(reserve(quantity, for_s));
  REQUIRE(answer.ok());
  return answer.hold.ref;
}

one_sku stocked(std::int64_t on_hand, std::int64_t safety_stock,
                std::int64_t backorder_limit) {
  one_sku sku;
  const auto answer = sku.ask(count(on_hand, safety_stock, backorder_limit));
  REQUIRE(answer.ok());
  return sku;
}

} // namespace holdfast::test
