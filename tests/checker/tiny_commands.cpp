// What the clients of a tiny history ask for.
#include <iterator>

#include "tests/checker/tiny_world.hpp"

namespace holdfast::test {

command tiny_world::invent() {
  if (!told_.calls.empty() && one_in(6))
    if (auto again = repeat(); !again.from.key.empty())
      return again;
  command ask;
  ask.from.store = tiny_store;
  ask.from.sku = std::next(models_.begin(), one_in(4) ? 1 : 0)->first;
  const auto die = below(10);
  if (die < 2) {
    ask.from.what = action::read;
    return ask;
  }
  if (die < 5 || holds_[ask.from.sku].empty())
    invent_change(ask);
  else
    invent_use(ask);
  if (ask.from.what != action::read_reservation)
    invent_condition(ask);
  return ask;
}

/// A retry, or something else with a key that has been used.
command tiny_world::repeat() {
  auto again = told_.calls[below(told_.calls.size())].ask;
  if (one_in(3)) {
    if (again.amount != absent && one_in(2))
      again.amount *= 2;
    else
      again.from.reference += 'm';
  }
  return again;
}

void tiny_world::invent_change(command& ask) {
  const auto some = 1 + static_cast<std::int64_t>(below(3));
  // Mostly something to take from first.
  const auto is_new = models_.at(ask.from.sku).record().version == 0;
  const auto die = is_new && !one_in(4) ? below(2) : below(8);
  if (die % 4 == 0) {
    ask.from.what = action::count;
    if (is_new || !one_in(3))
      ask.on_hand = 2 * some;
    if (ask.on_hand == absent || one_in(4))
      ask.safety_stock = static_cast<std::int64_t>(below(2));
  } else if (die % 4 == 1) {
    ask.from.what = action::adjust;
    ask.amount = !is_new && one_in(3) ? -some : 2 * some;
  } else {
    ask.from.what = action::reserve;
    ask.amount = some;
    if (one_in(2))
      ask.ttl_s = 1;
  }
}

void tiny_world::invent_use(command& ask) {
  constexpr action uses[] = {action::commit, action::release, action::extend,
                             action::read_reservation};
  const auto& holds = holds_[ask.from.sku];
  ask.from.what = uses[below(std::size(uses))];
  ask.reservation = holds[below(holds.size())];
  if (ask.from.what == action::extend)
    ask.ttl_s = 1 + static_cast<std::int64_t>(below(2));
  else if (ask.from.what != action::read_reservation && one_in(2))
    ask.amount = 1 + static_cast<std::int64_t>(below(4));
}

/// Keys, names, and what the state has to be.
void tiny_world::invent_condition(command& ask) {
  const auto name = std::to_string(told_.calls.size());
  const auto version = models_.at(ask.from.sku).record().version;
  // Mostly what it is now.
  const auto seen = one_in(3) ? version + 1 : version;
  switch (below(12)) {
  case 0:
    ask.expected_version = static_cast<std::int64_t>(seen);
    break;
  case 1:
    ask.if_match = {etag_condition::kind::list, {seen}};
    break;
  case 2:
    ask.if_none_match.is = etag_condition::kind::any;
    break;
  default:
    break;
  }
  if (one_in(2))
    ask.from.key = 'k' + name;
  // Without a key only a name of its own tells a request from another whose
  // event looks the same.
  const auto is_plain = ask.from.what == action::adjust
                        && ask.expected_version == absent
                        && ask.if_match.is == etag_condition::kind::none
                        && ask.if_none_match.is == etag_condition::kind::none;
  if ((ask.from.key.empty() && !is_plain) || one_in(2))
    ask.from.reference = 'r' + name;
}

} // namespace holdfast::test
