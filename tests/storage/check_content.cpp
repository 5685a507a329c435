#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "holdfast/limits.hpp"
#include "src/storage/dead_letter_codec.hpp"
#include "src/storage/event_codec.hpp"
#include "workload.hpp"

namespace holdfast::storage::testing {

bool same(const event& one, const event& two) {
  std::string a;
  std::string b;
  encode_event(one, one.from, a);
  encode_event(two, two.from, b);
  return one.seq == two.seq && one.from.store == two.from.store
         && one.from.sku == two.from.sku && a == b;
}

bool same(const remembered_answer& one, const remembered_answer& two) {
  std::string a;
  std::string b;
  encode_answer(one, 0, a);
  encode_answer(two, 0, b);
  return one.number == two.number && one.from.store == two.from.store
         && one.from.sku == two.from.sku && a == b;
}

bool same(const dead_letter& one, const dead_letter& two) {
  std::string a;
  std::string b;
  encode_letter(one, a);
  encode_letter(two, b);
  return one.id == two.id && one.ask.from.store == two.ask.from.store
         && one.ask.from.sku == two.ask.from.sku && a == b;
}

bool has_letters(journal& of, const workload& work) {
  const auto found = of.letters(0, limits::dead_letters_max);
  return std::equal(found.begin(), found.end(), work.letters().begin(),
                    work.letters().end(),
                    [](const auto& one, const auto& other) {
                      return same(one, other.second);
                    });
}

namespace {

bool same_key(const remembered_key& one, const remembered_key& two) {
  return one.hash == two.hash && one.slot == two.slot && one.at_ms == two.at_ms;
}

std::vector<remembered_key> keys_of(const workload& work, const sku_name& name,
                                    std::int64_t since_ms) {
  std::vector<remembered_key> keys;
  const auto wanted = [&](const origin& from, std::int64_t at_ms) {
    return from.store == name.first && from.sku == name.second
           && !from.key.empty() && at_ms >= since_ms;
  };
  for (const auto& each : work.answers())
    if (wanted(each.from, each.at_ms))
      keys.push_back(
          {hash_key(each.from, each.ref), {each.number, true}, each.at_ms});
  for (const auto& each : work.events())
    if (wanted(each.from, each.after.updated_at_ms))
      keys.push_back({hash_key(each.from, each.hold.ref),
                      {each.seq, false},
                      each.after.updated_at_ms});
  std::stable_sort(
      keys.begin(), keys.end(),
      [](const auto& one, const auto& two) { return one.at_ms < two.at_ms; });
  return keys;
}

void check_loads(journal& of, const workload& work) {
  for (const auto& [name, state] : work.stocks())
    for (const auto age_ms : {0, 2'000, 1'000'000}) {
      CAPTURE(name.second);
      const auto since_ms = work.now_ms() - age_ms;
      const auto loaded = of.load(name.first, name.second, since_ms);
      REQUIRE(loaded.state == state);
      const auto keys = keys_of(work, name, since_ms);
      REQUIRE(std::equal(loaded.keys.begin(), loaded.keys.end(), keys.begin(),
                         keys.end(), same_key));
    }
}

void check_rows(journal& of, const workload& work) {
  std::map<sku_name, std::uint64_t> heads;
  std::map<std::uint64_t, std::uint64_t> closed;
  std::uint64_t seq = 0;
  for (const auto& each : work.events()) {
    REQUIRE(each.seq == ++seq);
    const auto found = of.event_at(seq);
    REQUIRE(found);
    REQUIRE(same(*found, each));
    auto& head = heads[{each.from.store, each.from.sku}];
    REQUIRE(found->prev_seq == head);
    head = seq;
    if (closes_hold(each))
      closed[each.hold.ref.grant_seq] = seq;
  }
  for (const auto& each : work.events()) {
    if (each.type != event_type::stock_reserved)
      continue;
    const auto closing = of.closing_event(each.seq);
    const auto known = closed.find(each.seq);
    REQUIRE(closing.has_value() == (known != closed.end()));
    if (closing)
      REQUIRE(closing->seq == known->second);
  }
  for (const auto& each : work.answers()) {
    const auto found = of.answer_at(each.number);
    REQUIRE(found);
    REQUIRE(same(*found, each));
  }
}

/// Page by page, whatever fits into one.
void check_pages(journal& of, const workload& work) {
  std::uint64_t after = 0;
  while (after < of.last_seq()) {
    const auto page = of.scan(after, limits::page_max, {});
    for (const auto& each : page.events) {
      REQUIRE(each.seq == ++after);
      REQUIRE(same(each, work.events().at(after - 1)));
    }
    REQUIRE(!page.events.empty());
    REQUIRE(page.last_seq == after);
  }
}

} // namespace

void check_content(journal& of, const workload& work) {
  REQUIRE(of.last_seq() == work.events().size());
  REQUIRE(!of.event_at(0));
  REQUIRE(!of.event_at(of.last_seq() + 1));
  REQUIRE(!of.answer_at(work.answers().size() + 1));
  REQUIRE(has_letters(of, work));
  check_rows(of, work);
  check_loads(of, work);
  check_pages(of, work);
}

} // namespace holdfast::storage::testing
