#include "tests/domain/history.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace holdfast::test {

std::ostream& operator<<(std::ostream& out, const step& s) {
  return out << "action " << int(s.what) << " amount " << s.amount << " other "
             << s.other << " pick " << s.pick << " condition " << s.condition
             << " wait " << s.wait_ms << (s.settles ? " settles" : "");
}

namespace {

rc::Gen<step> any_step() {
  using rc::gen::inRange;
  using rc::gen::set;
  return rc::gen::build<step>(
      set(&step::what,
          rc::gen::weightedElement<action>({{1, action::read},
                                            {2, action::read_reservation},
                                            {4, action::adjust},
                                            {2, action::count},
                                            {6, action::reserve},
                                            {4, action::release},
                                            {4, action::commit},
                                            {2, action::extend}})),
      set(&step::amount, inRange(-6, 9)), set(&step::other, inRange(-3, 6)),
      set(&step::pick, inRange(0, 1'000)),
      set(&step::condition, inRange(0, 40)),
      set(&step::wait_ms, inRange(0, 400)), set(&step::settles));
}

constexpr int no_condition = 39;

void add_condition(command& ask, int condition, std::uint64_t version) {
  const auto expected = static_cast<std::int64_t>(version);
  switch (condition) {
  case 0:
    ask = if_match_any(ask);
    break;
  case 1:
    ask = if_match(ask, {version + 1, version});
    break;
  case 2:
    ask = if_match(ask, {version + 1});
    break;
  case 3:
    ask = if_none_match_any(ask);
    break;
  case 4:
    ask = if_none_match(ask, {version});
    break;
  case 5:
    ask = if_none_match(ask, {version + 1});
    break;
  case 6:
    ask = expecting(ask, expected);
    break;
  case 7:
    ask = expecting(ask, expected + 1);
    break;
  default:
    break;
  }
}

std::int64_t optional(int value) {
  return value < 0 ? absent : value;
}

/// A hold that was granted and answered, or at times a wrong name of one.
reservation_ref pick_hold(const one_sku& sku, int pick) {
  std::vector<reservation_ref> known;
  for (const auto& change : sku.log)
    if (change.type == event_type::stock_reserved && change.seq != 0)
      known.push_back(change.hold.ref);
  if (known.empty())
    return {1, 1};
  auto ref = known[static_cast<std::size_t>(pick) % known.size()];
  if (pick % 20 == 0)
    ++ref.grant_version;
  if (pick % 20 == 1)
    ++ref.grant_seq;
  return ref;
}

} // namespace

rc::Gen<std::vector<step>> any_history() {
  const auto steps =
      rc::gen::scale(3.0, rc::gen::container<std::vector<step>>(any_step()));
  return rc::gen::map(rc::gen::pair(rc::gen::inRange(0, 40), steps),
                      [](std::pair<int, std::vector<step>> parts) {
                        auto& [opening, history] = parts;
                        if (opening != 0)
                          history.insert(history.begin(),
                                         step{action::adjust, opening, 0, 0,
                                              no_condition, 0, true});
                        return std::move(history);
                      });
}

command to_command(const step& s, const one_sku& sku) {
  command ask = read();
  ask.from.what = s.what;
  switch (s.what) {
  case action::read:
    break;
  case action::adjust:
    ask.amount = s.amount == 0 ? 1 : s.amount;
    break;
  case action::count:
    ask.on_hand = s.pick < 30 ? 1'000'000'000'000'000 : optional(s.amount);
    ask.safety_stock = optional(s.other);
    ask.backorder_limit = optional(s.other / 2 + s.pick % 3);
    if (s.pick > 990)
      ask.backorder_limit = 1'000'000'000'000'000;
    break;
  case action::reserve:
    ask.amount = std::max(s.amount, 1);
    ask.ttl_s = s.other <= 0 ? absent : s.other;
    ask.owner = "order " + std::to_string(s.pick);
    break;
  case action::release:
  case action::commit:
  case action::extend:
  case action::read_reservation:
    ask.reservation = pick_hold(sku, s.pick);
    ask.amount = s.amount <= 0 ? absent : s.amount;
    ask.ttl_s = s.other <= 0 ? absent : s.other;
    break;
  }
  add_condition(ask, s.condition, sku.state.now.version);
  return ask;
}

} // namespace holdfast::test
