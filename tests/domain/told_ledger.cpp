#include "told_ledger.hpp"

#include <doctest/doctest.h>

namespace holdfast::test {

using namespace std::chrono_literals;
using phase = ledger_position::phase;

void told_ledger::adjust(const std::string& store, const std::string& sku,
                         std::int64_t delta) {
  auto& now = now_[{store, sku}];
  now.on_hand += delta;
  ++now.version;
  changes.push_back({changes.size() + 1, store, sku, delta, 0, now});
}

void told_ledger::checkpoint(std::uint64_t overlap) {
  records.clear();
  for (const auto& [name, now] : now_)
    records.push_back({name.first, name.second, now});
  tail = changes.size() - overlap;
}

void told_ledger::go_back(std::size_t left) {
  changes.resize(left);
  now_.clear();
  for (const auto& change : changes)
    now_[{change.store, change.sku}] = change.after;
}

ledger_page told_ledger::read(const ledger_position& from,
                              std::size_t limit) const {
  ledger_page page;
  page.next = from;
  page.last_seq = changes.size();
  const auto seen = from.seen.seq;
  if (seen > changes.size()
      || (seen != 0 && mark_of(changes[seen - 1]) != from.seen)) {
    page.is_other = true;
    return page;
  }
  if (!changes.empty())
    page.next.seen = mark_of(changes.back());
  if (from.is != phase::events) {
    if (from.is == phase::fresh)
      page.next.seq = tail;
    for (const auto& row : records)
      if (page.records.size() < limit
          && (from.is == phase::fresh
              || std::pair{row.store, row.sku}
                     > std::pair{from.store, from.sku})) {
        page.records.push_back(row);
        page.next.store = row.store;
        page.next.sku = row.sku;
      }
    page.next.is = page.records.size() < limit ? phase::events : phase::records;
    return page;
  }
  while (page.changes.size() < limit && page.next.seq < changes.size())
    page.changes.push_back(changes[page.next.seq++]);
  return page;
}

balances told_ledger::known(const central_fold::sku_name& of) const {
  return now_.at(of);
}

sync_rounds::settings
told_rounds::settings(std::chrono::milliseconds interval) {
  sync_rounds::settings made;
  made.interval = interval;
  made.callers = bulkhead_policy{2, 3};
  made.reading.breaker.calls_min = 4;
  made.reading.breaker.window = 60s;
  made.reading.breaker.probes_max = 1;
  return made;
}

told_rounds::told_rounds(sync_rounds::settings with)
    : rounds(with, {{"n1", {"S"}}, {"n2", {"T"}}}) {
  // nop
}

void told_rounds::run() {
  for (bool moved = true; moved || rounds.wakes_at() <= now;) {
    moved = false;
    rounds.advance(now, now.time_since_epoch() / 1ms);
    for (const auto& order : rounds.take_collects()) {
      moved = true;
      ++questions;
      const auto page = ledgers[order.source].read(order.ask.from, page_limit);
      if (!silent.contains(order.source))
        rounds.take(order.source, order.ask.number,
                    broken.contains(order.source) ? nullptr : &page, now);
    }
    for (const auto& order : rounds.take_witnesses()) {
      moved = true;
      ++witnesses;
      const std::size_t owner = order.of.first == "S" ? 0 : 1;
      if (unowned.contains(order.of.first))
        rounds.attest(order.number, std::nullopt);
      else if (!silent_owners.contains(owner))
        rounds.attest(order.number, ledgers[owner].known(order.of));
    }
    for (auto& each : rounds.take_answers())
      answers[each.caller] = std::move(each);
    for (auto& each : rounds.take_drifts())
      drifts.push_back(std::move(each));
  }
}

void told_rounds::pass(std::chrono::milliseconds span) {
  // As an actor would: whenever there is something to do, and not before.
  const auto end = now + span;
  while (rounds.wakes_at() <= end) {
    now = std::max(now, rounds.wakes_at());
    run();
  }
  now = end;
}

error_code told_rounds::ask(std::uint64_t caller) {
  return rounds.ask(caller, now + 5s, now);
}

round_report told_rounds::round(std::uint64_t caller) {
  REQUIRE(ask(caller) == error_code::none);
  run();
  REQUIRE(is_answered(caller));
  const auto said = answers[caller];
  answers.clear();
  CHECK(said.code == error_code::none);
  return said.report;
}

std::int64_t told_rounds::on_hand(const std::string& sku) const {
  const auto found = view().find(sku);
  return found ? found->on_hand : -1;
}

} // namespace holdfast::test
