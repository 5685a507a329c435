#include <doctest/doctest.h>

#include <map>
#include <random>
#include <string>

#include "holdfast/stock_table.hpp"

using namespace holdfast;

namespace {

using model = std::map<std::string, std::map<std::uint32_t, std::uint64_t>>;

/// What `table` holds after `after`, told in the terms of the model.
model told(const stock_table& table, std::string_view after = {}) {
  model result;
  std::string last{after};
  table.walk(after, [&](const sku_entry& found) {
    CHECK(last < found.sku);
    last = found.sku;
    for (const auto& [store, is] : found.records)
      result[last][store] = is.version;
    return true;
  });
  return result;
}

std::string name_of(std::uint64_t i) {
  return "sku-" + std::to_string(i);
}

} // namespace

TEST_CASE("an empty table finds nothing") {
  const stock_table empty;
  CHECK_FALSE(empty.find("a"));
  CHECK(told(empty).empty());
  stock_table_builder builder;
  CHECK(builder.find("a", 0) == nullptr);
  CHECK(builder.publish()->skus() == 0);
}

TEST_CASE("a table holds what was written, whatever the order") {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    std::minstd_rand random{seed};
    stock_table_builder builder;
    model expected;
    for (int i = 0; i < 3'000; ++i) {
      // Half of the seeds come in order, as snapshots do.
      const auto sku = seed % 2 == 0 ? std::to_string(10'000 + i)
                                     : name_of(random() % 1'000);
      const auto store = static_cast<std::uint32_t>(random() % 5);
      builder.at(sku, store).version = ++expected[sku][store];
      if (i % 500 == 0)
        CHECK(builder.publish()->skus() == expected.size());
    }
    const auto table = builder.publish();
    CHECK(table->skus() == expected.size());
    CHECK(told(*table) == expected);
    for (const auto& [sku, records] : expected) {
      const auto found = table->find(sku);
      REQUIRE(found);
      CHECK(found->sku == sku);
      CHECK(found->records.size() == records.size());
      for (const auto& [store, version] : records)
        CHECK(builder.find(sku, store)->version == version);
      CHECK_FALSE(table->find(sku + '!'));
      CHECK(builder.find(sku, 7) == nullptr);
    }
  }
}

TEST_CASE("a walk begins after any text, in the table or not") {
  stock_table_builder builder;
  for (std::uint64_t i = 0; i < 500; i += 2)
    builder.at(std::to_string(1'000 + i), 0).version = 1;
  const auto table = builder.publish();
  for (std::uint64_t i = 0; i <= 500; ++i)
    CHECK(told(*table, std::to_string(1'000 + i)).size()
          == (500 - i) / 2 - (i % 2 == 0 && i < 500 ? 1 : 0));
  std::size_t shown = 0;
  table->walk("", [&](const sku_entry&) { return ++shown < 10; });
  CHECK(shown == 10);
}

TEST_CASE("a published table stays as it was") {
  stock_table_builder builder;
  for (std::uint64_t i = 0; i < 1'000; ++i)
    builder.at(name_of(i), 0).version = 1;
  const auto before = builder.publish();
  const auto as_it_was = told(*before);
  for (std::uint64_t i = 0; i < 2'000; ++i)
    builder.at(name_of(i), i % 3 == 0 ? 1 : 0).version = 2;
  const auto after = builder.publish();
  CHECK(told(*before) == as_it_was);
  CHECK(before->skus() == 1'000);
  CHECK(after->skus() == 2'000);
  CHECK(builder.publish() == after);
}

TEST_CASE("a SKU of very many stores is never divided") {
  stock_table_builder builder;
  for (std::uint32_t store = 0; store < 1'000; ++store)
    for (const auto* sku : {"b", "a", "c"})
      builder.at(sku, store).version = store + 1;
  const auto table = builder.publish();
  CHECK(table->skus() == 3);
  for (const auto* sku : {"a", "b", "c"})
    CHECK(table->find(sku)->records.size() == 1'000);
}

TEST_CASE("a record costs well below 200 bytes") {
  stock_table_builder builder;
  for (std::uint32_t store = 0; store < 3; ++store)
    for (std::uint64_t i = 0; i < 20'000; ++i)
      builder.at(std::to_string(1'000'000 + i), store).version = 1;
  CHECK(builder.publish()->memory_bytes() < 20'000 * 3 * 100);
}

TEST_CASE("stores that are forgotten leave the rest, and old tables, alone") {
  std::minstd_rand random{5};
  stock_table_builder builder;
  model expected;
  for (int i = 0; i < 2'000; ++i) {
    const auto sku = name_of(random() % 500);
    const auto store = static_cast<std::uint32_t>(random() % 4);
    builder.at(sku, store).version = i + 1;
    expected[sku][store] = i + 1;
  }
  const auto before = builder.publish();
  builder.forget({1, 3});
  const auto whole = expected;
  for (auto& [sku, records] : expected)
    std::erase_if(records,
                  [](const auto& each) { return each.first % 2 == 1; });
  std::erase_if(expected, [](const auto& each) { return each.second.empty(); });
  CHECK(told(*builder.publish()) == expected);
  CHECK(builder.publish()->skus() == expected.size());
  CHECK(told(*before) == whole);
  builder.at("sku-0", 1).version = 1;
  expected["sku-0"][1] = 1;
  CHECK(told(*builder.publish()) == expected);
}
