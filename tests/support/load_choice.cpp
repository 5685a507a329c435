// What a client of a node asks next.
#include <algorithm>

#include "tests/support/load_client.hpp"

namespace holdfast::test {

namespace {

/// How far back a needless retry may go, in requests.
constexpr std::size_t retry_window = 50;
/// No hold may last longer.
constexpr std::int64_t long_ttl_s = 14'400;

} // namespace

command load_client::choose() {
  const auto dice = below(100);
  if (dice < 20 && !holds_.empty())
    return use_hold();
  if (dice < 25 && !calls_.empty())
    return again();
  command ask;
  ask.from.store = plan_.stores[below(plan_.stores.size())];
  ask.from.sku = sku_name(static_cast<unsigned>(below(plan_.skus)));
  if (dice < 43)
    ask.from.what = action::read;
  else if (dice < 63)
    reserve(ask);
  else if (dice < 73)
    count(ask);
  else
    adjust(ask);
  name(ask);
  return ask;
}

void load_client::reserve(command& ask) {
  ask.from.what = action::reserve;
  ask.amount = 1 + amount_below(5);
  if (plan_.has_short_holds && below(4) == 0)
    ask.ttl_s = 1 + amount_below(2);
  insist(ask);
}

void load_client::adjust(command& ask) {
  ask.from.what = action::adjust;
  ask.amount = 1 + amount_below(20);
  if (below(3) == 0)
    ask.amount = -ask.amount;
  insist(ask);
}

void load_client::count(command& ask) {
  ask.from.what = action::count;
  ask.on_hand = amount_below(300);
  if (below(4) == 0)
    ask.safety_stock = amount_below(5);
  if (const auto version = known_version(ask.from))
    ask.if_match = {etag_condition::kind::list, {version}};
  else
    ask.if_none_match.is = etag_condition::kind::any;
}

/// Some want nothing but the version that they know.
void load_client::insist(command& ask) {
  const auto version = known_version(ask.from);
  const auto dice = below(20);
  if (version != 0 && dice == 0)
    ask.expected_version = static_cast<std::int64_t>(version);
  if (version != 0 && dice == 1)
    ask.if_match = {etag_condition::kind::list, {version}};
}

command load_client::use_hold() {
  const auto index = below(holds_.size());
  const auto at = holds_[index];
  command ask;
  const auto dice = below(20);
  ask.from.what = dice < 9    ? action::commit
                  : dice < 17 ? action::release
                              : action::extend;
  ask.from.store = at.store;
  ask.from.sku = at.sku;
  ask.reservation = at.ref;
  const auto is_longer = ask.from.what == action::extend;
  ask.from.by_reservation = is_longer || below(4) == 0;
  if (is_longer)
    ask.ttl_s = plan_.has_short_holds && below(3) == 0 ? 1 + amount_below(2)
                                                       : long_ttl_s;
  else if (below(3) == 0)
    ask.amount = 1;
  // Some are kept, and so are closed twice.
  else if (below(10) != 0)
    holds_.erase(holds_.begin() + static_cast<std::ptrdiff_t>(index));
  name(ask);
  return ask;
}

command load_client::again() {
  const auto window = std::min(calls_.size(), retry_window);
  return calls_[calls_.size() - 1 - below(window)].seen.ask;
}

} // namespace holdfast::test
