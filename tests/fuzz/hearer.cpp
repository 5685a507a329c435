#include "tests/fuzz/hearer.hpp"

#include <algorithm>

#include "actors/ledger_pack.hpp"
#include "holdfast/names.hpp"
#include "holdfast/validity.hpp"
#include "tests/fuzz/input.hpp"

namespace holdfast::fuzz {

namespace {

constexpr std::uint64_t link = 1;
constexpr auto step = std::chrono::milliseconds{700};
constexpr std::int64_t now_ms = 1'800'000'000'000;

membership::settings as_member() {
  membership::settings made;
  made.seeds = {{"127.0.0.1", 4001}};
  return made;
}

greeting as_node() {
  greeting made;
  made.run = 77;
  made.who.name = "n1";
  made.who.journal = 7;
  made.who.epoch = 1;
  made.who.run = 77;
  made.who.at = {"127.0.0.1", 4002};
  made.who.stores = {"store-1"};
  return made;
}

} // namespace

hearer::hearer() : members_(as_member(), as_node(), {}), reading_({}) {
  members_.advance(now_);
  for (const auto& each : members_.take_orders())
    members_.connected(each.number, link, now_);
  reading_.begin_round();
}

void hearer::record(stock_change change) {
  change.seq = ++last_seq_;
  if (change.type == event_type::stock_reserved)
    change.hold.ref.grant_seq = change.seq;
  apply(stock_, change);
  const auto* const broken = broken_invariant(stock_);
  require(broken == nullptr, broken);
}

void hearer::take(const command& ask) {
  if (!is_valid(ask))
    return;
  const auto at_ms = now_ms + static_cast<std::int64_t>(last_seq_) * 1'000;
  for (auto& each : due_expiries(stock_, ask.from, at_ms))
    record(std::move(each));
  auto decided = decide(stock_, ask, {at_ms, 900});
  if (auto* const change = std::get_if<stock_change>(&decided))
    record(std::move(*change));
  else if (const auto* said = std::get_if<outcome>(&decided))
    require(is_valid(*said), "an answer that no node could give");
}

void hearer::take(collected& said) {
  unpack(said);
  const auto asked = reading_.next(now_);
  if (!asked) {
    now_ += step;
    if (reading_.is_over())
      reading_.begin_round();
    return;
  }
  if (said.failure.empty())
    reading_.take(asked->number, said.page, fold_, now_);
  else
    reading_.fail(asked->number, now_);
  (void)fold_.table();
}

void hearer::take(const greeting& said) {
  members_.take_greeting(link, said, now_);
  carry_on();
}

void hearer::take(const wire_welcome& said) {
  members_.take_welcome(link, said.revision, now_);
  carry_on();
}

void hearer::take(const wire_refusal& said) {
  members_.take_refusal(link, said.said, now_);
  carry_on();
}

void hearer::take(const wire_news& said) {
  members_.take_news(link, said.known, said.is_last, now_);
  carry_on();
}

void hearer::take(const wire_pong& said) {
  members_.take_pong(link, said.number, now_);
  now_ += step;
  members_.hear(link, now_);
  carry_on();
}

void hearer::take(const wire_wish& said) {
  if (is_store_id(said.store))
    (void)members_.want(said.store);
  carry_on();
}

void hearer::carry_on() {
  members_.advance(now_);
  for (const auto& each : members_.take_orders())
    if (each.is == member_order::kind::dial)
      members_.connected(each.number, link, now_);
  (void)members_.take_notes();
  const auto& all = members_.known().all();
  const auto left = std::count_if(
      all.begin(), all.end(), [](auto& each) { return !each.second.retired; });
  require(static_cast<std::size_t>(left) <= limits::nodes_max
              && all.size() <= limits::node_names_max,
          "a roster without bound");
  for (const auto& [name, entry] : all) {
    require(name == entry.name && is_valid(entry), "an entry of no form");
    for (const auto& store : entry.stores)
      require(members_.known().owner_of(store) == &entry, "two owners");
  }
  if (members_.take_changed()) {
    roster_memory kept;
    kept.name = "n1";
    kept.journal = 7;
    kept.epoch = 1;
    kept.known = members_.known();
    const auto text = to_text(kept);
    require(to_text(parse_roster(text)) == text, "a file that reads otherwise");
  }
}

} // namespace holdfast::fuzz
