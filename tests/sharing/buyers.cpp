#include "tests/sharing/buyers.hpp"

#include <iterator>

namespace holdfast::test {

namespace {

/// More often one thing than another.
constexpr action actions[] = {
    action::adjust,  action::adjust,           action::adjust, action::reserve,
    action::reserve, action::reserve,          action::count,  action::release,
    action::commit,  action::extend,           action::read,   action::read,
    action::read,    action::read_reservation,
};

bool is_about_hold(action what) {
  return what == action::release || what == action::commit
         || what == action::extend || what == action::read_reservation;
}

} // namespace

command buyers::next() {
  ++made_;
  command ask;
  ask.from.what = actions[below(std::size(actions))];
  ask.from.store = "store-1";
  ask.from.sku = sku_name(static_cast<int>(below(sku_count)));
  if (is_about_hold(ask.from.what)) {
    if (holds_.empty())
      ask.from.what = action::reserve;
    else
      aim_at_hold(ask);
  }
  const auto amount = static_cast<std::int64_t>(1 + below(5));
  if (ask.from.what == action::adjust)
    ask.amount = below(4) == 0 ? -amount : amount;
  if (ask.from.what == action::count)
    ask.on_hand = 2 * amount;
  if (ask.from.what == action::reserve)
    ask.amount = amount;
  if (ask.from.what == action::reserve || ask.from.what == action::extend)
    ask.ttl_s = static_cast<std::int64_t>(1 + below(20));
  ask.from.reference = "ref-" + std::to_string(made_);
  if (is_write(ask.from.what) && below(10) < 7) {
    ask.from.key = "key-" + std::to_string(made_);
    for (std::size_t i = 0; i < 8; ++i)
      ask.from.fingerprint[i] = static_cast<std::uint8_t>(made_ >> (8 * i));
  }
  return ask;
}

void buyers::aim_at_hold(command& ask) {
  const auto back = below(8) % holds_.size();
  const auto& [sku, hold] = holds_[holds_.size() - 1 - back];
  ask.from.sku = sku;
  ask.reservation = hold;
  ask.from.by_reservation = below(2) == 0;
}

void buyers::learn(const command& ask, const outcome& answer) {
  if (ask.from.what == action::reserve && answer.ok() && answer.has_hold)
    holds_.emplace_back(ask.from.sku, answer.hold.ref);
}

} // namespace holdfast::test
