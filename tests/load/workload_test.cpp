#include <doctest/doctest.h>

#include <fstream>
#include <map>

#include "src/cli/load/workload.hpp"
#include "src/config/config_error.hpp"
#include "tests/storage/temp_dir.hpp"
#include "tests/support/seed.hpp"

using namespace holdfast;
using namespace holdfast::cli;

namespace {

config::load_order order_of(const std::string& workload) {
  config::load_order made;
  made.workload = workload;
  made.skus = 100;
  return made;
}

/// How often each SKU is asked about in 10,000 questions.
std::map<std::uint32_t, int> asked(const config::load_order& order) {
  const auto all = make_scenario(order, 3);
  const auto work = all->make(0, seeded_engine()());
  std::map<std::uint32_t, int> counts;
  for (int i = 0; i < 10'000; ++i) {
    const auto ask = work->next(0);
    REQUIRE(ask);
    CHECK(ask->store == all->store_of(ask->sku));
    ++counts[ask->sku];
  }
  return counts;
}

} // namespace

TEST_CASE("uniform asks about every SKU alike") {
  const auto counts = asked(order_of("uniform"));
  CHECK(counts.size() == 100);
  for (const auto& [sku, count] : counts)
    CHECK(count == 100);
}

TEST_CASE("uniform asks about every SKU, however many there are") {
  for (const std::uint32_t skus : {1, 7'907, 7'919}) {
    auto order = order_of("uniform");
    order.skus = skus;
    CHECK(asked(order).size() == skus);
  }
}

TEST_CASE("zipf asks about the first SKU twice as often as the second") {
  const auto counts = asked(order_of("zipf"));
  // 10,000 / H(100) and half of that.
  CHECK(counts.at(0) == doctest::Approx(1'928).epsilon(0.15));
  CHECK(counts.at(1) == doctest::Approx(964).epsilon(0.2));
}

TEST_CASE("without skew zipf is uniform") {
  auto order = order_of("zipf");
  order.skew = 0;
  for (const auto& [sku, count] : asked(order))
    CHECK(count == doctest::Approx(100).epsilon(0.6));
}

TEST_CASE("hot asks about one SKU") {
  CHECK(asked(order_of("hot")).size() == 1);
}

TEST_CASE("mixed asks for everything") {
  const auto all = make_scenario(order_of("mixed"), 3);
  CHECK(all->preparation().size() == 100);
  const auto work = all->make(0, seeded_engine()());
  std::map<action, int> counts;
  for (int i = 0; i < 10'000; ++i) {
    const auto ask = work->next(0).value();
    ++counts[ask.what];
    outcome granted;
    granted.has_hold = true;
    granted.hold.ref = {1, 1};
    work->learn(0, ask, granted);
  }
  for (const auto what : {action::read, action::adjust, action::reserve,
                          action::commit, action::release, action::extend})
    CHECK(counts[what] > 50);
}

TEST_CASE("a flash sale ends with every unit granted once") {
  auto order = order_of("flash-sale");
  order.units = 10;
  const auto all = make_scenario(order, 1);
  CHECK(all->preparation().front().amount == 10);
  CHECK(all->verdict(10, true).empty());
  CHECK(all->verdict(7, false).empty());
  CHECK_FALSE(all->verdict(9, true).empty());
  CHECK_FALSE(all->verdict(11, true).empty());
}

TEST_CASE("order lines are received, held and shipped, or taken back") {
  const storage::testing::temp_dir directory;
  auto order = order_of("orders");
  order.file = directory / "orders.csv";
  std::ofstream{order.file} << "InvoiceNo,StockCode,Quantity\r\n"
                               "1,BANK CHARGES,3\r\n1,A,0\r\nC2,A,-2\r\n";
  const auto all = make_scenario(order, 1);
  CHECK(all->sku_names() == std::vector<std::string>{"BANK CHARGES", "A"});
  CHECK(all->preparation().front().amount == 8);
  const auto work = all->make(0, 1);
  const auto first = work->next(0).value();
  CHECK(first.what == action::reserve);
  CHECK(first.amount == 3);
  CHECK(first.ttl_s == 900);
  outcome granted;
  granted.hold.ref = {2, 9};
  work->learn(0, first, granted);
  const auto second = work->next(1).value();
  CHECK(second.what == action::adjust);
  CHECK(second.amount == 2);
  const auto ship = work->next(0).value();
  CHECK(ship.what == action::commit);
  CHECK(ship.hold == granted.hold.ref);
  CHECK_FALSE(work->next(0));
}

TEST_CASE("a file without order lines is refused") {
  const storage::testing::temp_dir directory;
  auto order = order_of("orders");
  order.file = directory / "orders.csv";
  CHECK_THROWS_AS(make_scenario(order, 1), config::config_error);
  std::ofstream{order.file} << "InvoiceNo,Price\n1,2\n";
  CHECK_THROWS_AS(make_scenario(order, 1), config::config_error);
}
