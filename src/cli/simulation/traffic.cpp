#include "src/cli/simulation/traffic.hpp"

namespace holdfast::simulation {

namespace {

/// More often one thing than another.
constexpr action actions[] = {
    action::adjust,  action::adjust,  action::adjust,  action::count,
    action::reserve, action::reserve, action::reserve, action::reserve,
    action::release, action::release, action::commit,  action::commit,
    action::extend,  action::read,    action::read,    action::read_reservation,
};

bool is_about_hold(action what) {
  return what == action::release || what == action::commit
         || what == action::extend || what == action::read_reservation;
}

/// Stands for the body of a request.
digest fingerprint_of(const command& ask) {
  digest made{};
  dice mixed{1};
  for (const auto part : {ask.amount, ask.on_hand, ask.safety_stock,
                          ask.backorder_limit, ask.ttl_s, ask.expected_version,
                          static_cast<std::int64_t>(ask.reservation.grant_seq)})
    mixed = dice{mixed.next() ^ static_cast<std::uint64_t>(part)};
  for (auto& byte : made)
    byte = static_cast<std::uint8_t>(mixed.next());
  return made;
}

} // namespace

command traffic::next(std::uint32_t number) {
  if (!sent_.empty() && dice_.chance(4)) {
    auto again = dice_.pick(sent_);
    if (dice_.chance(30) && again.amount != absent) {
      again.amount += again.amount > 0 ? 1 : -1;
      again.from.fingerprint = fingerprint_of(again);
    }
    return again;
  }
  if (dice_.chance(6))
    return about_nothing(number);
  command ask;
  ask.from.what = dice_.pick(std::vector(actions, std::end(actions)));
  choose_place(ask);
  if (is_about_hold(ask.from.what) && holds_.empty())
    ask.from.what = action::reserve;
  if (is_about_hold(ask.from.what))
    aim_at_hold(ask);
  choose_amounts(ask, number);
  add_conditions(ask);
  sign(ask, number);
  return ask;
}

/// Without a key: nothing of it has to be remembered.
command traffic::about_nothing(std::uint32_t number) {
  command ask;
  ask.from.what = dice_.chance(70) ? action::read : action::reserve;
  ask.from.store = dice_.pick(plan_.with.stores);
  ask.from.sku = unknown_sku;
  choose_amounts(ask, number);
  ask.from.reference = "ref-" + std::to_string(number);
  return ask;
}

void traffic::choose_place(command& ask) {
  ask.from.store = dice_.chance(1) ? "store-9" : dice_.pick(plan_.with.stores);
  ask.from.sku = dice_.pick(plan_.skus);
}

void traffic::choose_amounts(command& ask, std::uint32_t number) {
  switch (ask.from.what) {
  case action::adjust:
    ask.amount = dice_.chance(70) ? dice_.between(1, 6) : -dice_.between(1, 6);
    break;
  case action::count:
    if (dice_.chance(80))
      ask.on_hand = dice_.between(0, 12);
    if (dice_.chance(20))
      ask.safety_stock = dice_.between(0, 3);
    if (dice_.chance(20)
        || (ask.on_hand == absent && ask.safety_stock == absent))
      ask.backorder_limit = dice_.between(0, 4);
    break;
  case action::reserve:
    ask.amount = dice_.between(1, 4);
    ask.ttl_s = dice_.chance(50) ? dice_.between(1, 6) : absent;
    ask.owner = dice_.chance(50) ? "order " + std::to_string(number) : "";
    break;
  case action::release:
  case action::commit:
    ask.amount = dice_.chance(50) ? dice_.between(1, 3) : absent;
    break;
  case action::extend:
    ask.ttl_s = dice_.chance(70) ? dice_.between(1, 6) : absent;
    break;
  case action::read:
  case action::read_reservation:
    break;
  }
}

void traffic::aim_at_hold(command& ask) {
  ask.from.by_reservation = dice_.chance(50);
  // Mostly a young one, which is likely to live.
  const auto back = dice_.below(dice_.chance(80) ? 6 : 100) % holds_.size();
  const auto& hold = holds_[holds_.size() - 1 - back];
  ask.reservation = hold.hold;
  if (dice_.chance(3))
    return;
  ask.from.store = hold.store;
  ask.from.sku = hold.sku;
}

void traffic::add_conditions(command& ask) {
  if (versions_.empty() || !dice_.chance(12))
    return;
  const auto back = dice_.below(8) % versions_.size();
  const auto& seen = versions_[versions_.size() - 1 - back];
  if (seen.store != ask.from.store || seen.sku != ask.from.sku)
    return;
  if (dice_.chance(50))
    ask.expected_version = static_cast<std::int64_t>(seen.version);
  else
    ask.if_match = {etag_condition::kind::list, {seen.version}};
}

void traffic::sign(command& ask, std::uint32_t number) {
  const auto name = std::to_string(number);
  if (!is_write(ask.from.what) || !dice_.chance(plan_.keyed)) {
    ask.from.reference = "ref-" + name;
    return;
  }
  ask.from.key = "key-" + name;
  ask.from.fingerprint = fingerprint_of(ask);
  sent_.push_back(ask);
}

void traffic::learn(const command& ask, const outcome& answer) {
  const auto& from = ask.from;
  if (answer.has_record)
    versions_.push_back({from.store, from.sku, {}, answer.record.version});
  if (answer.has_hold && from.what == action::reserve)
    holds_.push_back({from.store, from.sku, answer.hold.ref, 0});
}

} // namespace holdfast::simulation
