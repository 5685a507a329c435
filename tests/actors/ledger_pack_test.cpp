// Pages of ledgers as bytes, and what is none.
#include <doctest/doctest.h>

#include <limits>
#include <random>

#include "actors/ledger_pack.hpp"
#include "holdfast/limits.hpp"

using namespace holdfast;

namespace {

std::string name_of(std::minstd_rand& random, std::size_t longest) {
  return std::string(random() % (longest + 1),
                     static_cast<char>('a' + random() % 26));
}

template <class Number>
Number number_of(std::minstd_rand& random) {
  using limits = std::numeric_limits<Number>;
  switch (random() % 4) {
  case 0:
    return limits::max();
  case 1:
    return limits::min();
  case 2:
    return static_cast<Number>(random() % 100);
  default:
    return static_cast<Number>(random() * std::uint64_t{random()});
  }
}

balances balances_of(std::minstd_rand& random) {
  balances is;
  for (auto* each : {&is.on_hand, &is.reserved, &is.safety_stock,
                     &is.backorder_limit, &is.updated_at_ms})
    *each = number_of<std::int64_t>(random);
  is.version = number_of<std::uint64_t>(random);
  return is;
}

ledger_page page_of(std::minstd_rand& random) {
  ledger_page page;
  std::string store;
  for (auto left = random() % 20; left > 0; --left) {
    if (random() % 3 == 0)
      store = name_of(random, 64);
    page.records.push_back({store, name_of(random, 64), balances_of(random)});
  }
  for (auto left = random() % 20; left > 0; --left)
    page.changes.push_back(
        {number_of<std::uint64_t>(random), name_of(random, 3),
         name_of(random, 64), number_of<std::int64_t>(random),
         number_of<std::int64_t>(random), balances_of(random)});
  page.next = {
      ledger_position::phase::records,
      name_of(random, 64),
      name_of(random, 64),
      number_of<std::uint64_t>(random),
      {number_of<std::uint64_t>(random), number_of<std::uint64_t>(random)}};
  page.last_seq = number_of<std::uint64_t>(random);
  page.is_other = random() % 2 == 0;
  return page;
}

bool same(const ledger_page& a, const ledger_page& b) {
  const auto is_record = [](const ledger_record& x, const ledger_record& y) {
    return x.store == y.store && x.sku == y.sku && x.is == y.is;
  };
  const auto is_change = [](const ledger_change& x, const ledger_change& y) {
    return x.seq == y.seq && x.store == y.store && x.sku == y.sku
           && x.delta == y.delta && x.reserved_delta == y.reserved_delta
           && x.after == y.after;
  };
  return std::equal(a.records.begin(), a.records.end(), b.records.begin(),
                    b.records.end(), is_record)
         && std::equal(a.changes.begin(), a.changes.end(), b.changes.begin(),
                       b.changes.end(), is_change)
         && a.next == b.next && a.last_seq == b.last_seq
         && a.is_other == b.is_other;
}

std::string packed(const ledger_page& page) {
  collected said;
  said.page = page;
  pack(said);
  return said.packed;
}

collected unpacked(std::string bytes) {
  collected said;
  said.packed = std::move(bytes);
  unpack(said);
  return said;
}

} // namespace

TEST_CASE("what was packed comes out as it went in") {
  std::minstd_rand random{1};
  for (int i = 0; i < 200; ++i) {
    const auto page = page_of(random);
    const auto said = unpacked(packed(page));
    CHECK(said.failure.empty());
    CHECK(said.packed.empty());
    CHECK(same(said.page, page));
  }
}

TEST_CASE("packing moves the page, and nothing else") {
  collected said{3, 4, {}, {}, {}};
  said.page.last_seq = 7;
  pack(said);
  CHECK(said.page.last_seq == 0);
  CHECK_FALSE(said.packed.empty());
  CHECK(said.source == 3);
  CHECK(said.number == 4);
  CHECK(said.failure.empty());
}

TEST_CASE("a page that nobody packed, or a failure, stays as it is") {
  collected said{0, 1, {}, "the journal has failed", {}};
  said.page.last_seq = 7;
  unpack(said);
  CHECK(said.page.last_seq == 7);
  CHECK(said.failure == "the journal has failed");
}

TEST_CASE("bytes that end too early are a failure, wherever they end") {
  std::minstd_rand random{2};
  const auto bytes = packed(page_of(random));
  REQUIRE(bytes.size() > 100);
  for (std::size_t size = 1; size < bytes.size(); ++size)
    CHECK_FALSE(unpacked(bytes.substr(0, size)).failure.empty());
  CHECK_FALSE(unpacked(bytes + '\0').failure.empty());
}

TEST_CASE("more rows than a page has are a failure, and cost nothing") {
  const std::string many("\xff\xff\xff\xff\xff\xff\xff\xff\x7f", 9);
  const auto said = unpacked(many);
  CHECK_FALSE(said.failure.empty());
  CHECK(said.page.records.empty());
  ledger_page page;
  page.records.resize(limits::collect_max);
  CHECK(unpacked(packed(page)).failure.empty());
  page.records.emplace_back();
  CHECK_FALSE(unpacked(packed(page)).failure.empty());
}

TEST_CASE("a long name that rows repeat is a failure") {
  ledger_page page;
  page.records.resize(2);
  for (auto& row : page.records)
    row.store = std::string(limits::store_id_bytes_max, 's');
  page.next.sku = std::string(limits::sku_bytes_max, 'k');
  CHECK(unpacked(packed(page)).failure.empty());
  for (auto* name : {&page.records[0].store, &page.records[1].sku,
                     &page.next.store, &page.next.sku}) {
    const auto kept = *name;
    *name = std::string(limits::sku_bytes_max + 1, 'n');
    CHECK_FALSE(unpacked(packed(page)).failure.empty());
    *name = kept;
  }
}
