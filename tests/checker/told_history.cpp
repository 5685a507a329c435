#include "tests/checker/told_history.hpp"

namespace holdfast::test {

void told_history::record(stock_change change, const origin& by) {
  change.seq = journal.size() + 1;
  for (const auto& before : journal)
    if (before.from.sku == by.sku)
      change.prev_seq = before.seq;
  if (change.type == event_type::stock_reserved)
    change.hold.ref.grant_seq = change.seq;
  apply(states_[by.sku], change);
  journal.push_back({std::move(change), by});
}

entry& told_history::ask(command ask) {
  entry call;
  call.called_ns = now_ns += 10;
  auto& state = states_[ask.from.sku];
  for (auto& due : due_expiries(state, ask.from, now_ms))
    record(due, due.from);
  auto verdict = decide(state, ask, {now_ms});
  if (auto* change = std::get_if<stock_change>(&verdict)) {
    record(*change, ask.from);
    call.answer = outcome_of(journal.back());
  } else if (auto* answer = std::get_if<outcome>(&verdict)) {
    call.answer = *answer;
  } else {
    for (const auto& before : journal)
      if (before.from.sku == ask.from.sku && closes_hold(before)
          && before.hold.ref == ask.reservation)
        call.answer = judge_closed(ask, before);
    call.answer.has_record = call.answer.ok();
    call.answer.record = state.now;
  }
  call.ask = std::move(ask);
  call.known = true;
  call.returned_ns = now_ns += 10;
  calls.push_back(std::move(call));
  return calls.back();
}

entry& told_history::lose(command what) {
  auto& call = ask(std::move(what));
  call.known = false;
  call.answer = {};
  return call;
}

entry& told_history::retry() {
  auto again = calls.back();
  again.called_ns = now_ns += 10;
  again.returned_ns = now_ns += 10;
  again.answer.replayed = true;
  calls.push_back(std::move(again));
  return calls.back();
}

void told_history::rest() {
  finals.clear();
  for (const auto& [sku, state] : states_)
    finals.push_back({"S", sku, state.now});
}

std::set<int> told_history::items() {
  if (finals.empty())
    rest();
  std::set<int> numbers;
  for (const auto& each : check(calls, journal, finals, with))
    numbers.insert(each.item);
  return numbers;
}

namespace {

command make(action what, const std::string& sku) {
  command made;
  made.from.what = what;
  made.from.store = "S";
  made.from.sku = sku;
  return made;
}

} // namespace

command read(const std::string& sku) {
  return make(action::read, sku);
}

command adjust(std::int64_t delta, const std::string& sku) {
  auto made = make(action::adjust, sku);
  made.amount = delta;
  return made;
}

command count(std::int64_t on_hand, const std::string& sku) {
  auto made = make(action::count, sku);
  made.on_hand = on_hand;
  return made;
}

command count_if(std::int64_t on_hand, std::uint64_t version) {
  auto ask = count(on_hand);
  ask.if_match = {etag_condition::kind::list, {version}};
  return ask;
}

command reserve(std::int64_t quantity, const std::string& sku) {
  auto made = make(action::reserve, sku);
  made.amount = quantity;
  return made;
}

command use(action what, const reservation& hold, const std::string& sku) {
  auto made = make(what, sku);
  made.reservation = hold.ref;
  return made;
}

command keyed(command ask, const std::string& key) {
  ask.from.key = key;
  ask.from.fingerprint[0] = static_cast<std::uint8_t>(ask.amount);
  ask.from.fingerprint[1] = 1;
  return ask;
}

} // namespace holdfast::test
