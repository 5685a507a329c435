// Order files: what is sent of them, and what cannot be.
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "src/cli/load/load_run.hpp"
#include "src/config/config_error.hpp"
#include "tests/load/small_target.hpp"
#include "tests/storage/temp_dir.hpp"
#include "tests/support/seed.hpp"

using namespace holdfast;
using namespace holdfast::cli;
using namespace holdfast::test;

namespace {

struct orders_fixture {
  storage::testing::temp_dir directory;
  config::load_order order;

  orders_fixture() {
    order.workload = "orders";
    order.file = directory / "orders.csv";
    order.clients = 4;
    order.seconds = 60;
  }

  void write(const std::string& lines) const {
    std::ofstream{order.file} << "InvoiceNo,StockCode,Quantity\n" << lines;
  }
  load_figures run(lie with) const {
    small_target on{with};
    std::ostringstream progress;
    return load_run{order, on, seeded_engine()(), progress}.run();
  }
  std::string complaint() const {
    try {
      make_scenario(order, 1);
    } catch (const config::config_error& error) {
      return error.what();
    }
    return "accepted";
  }
};

} // namespace

TEST_CASE_FIXTURE(orders_fixture,
                  "more than one request can receive comes in parts") {
  std::string lines;
  for (int i = 0; i < 5; ++i)
    lines += std::to_string(i) + ",A,1000000000\n";
  write(lines + "5,B,7\n");
  std::int64_t sum = 0;
  for (const auto& each : make_scenario(order, 1)->preparation()) {
    CHECK(each.amount > 0);
    CHECK(each.amount <= 1'000'000'000);
    sum += each.sku == 0 ? each.amount : 0;
  }
  CHECK(sum == 5'000'000'005);
  const auto figures = run(lie::none);
  CHECK_MESSAGE(figures.ok(), checker::describe(figures.verdict->found));
  CHECK(figures.whole.counts.acknowledged == 12);
  CHECK(figures.whole.counts.refusals() == 0);
}

TEST_CASE_FIXTURE(orders_fixture, "a line that cannot be sent is named") {
  const auto at = order.file + ", line 3: ";
  const std::string numbers =
      "Quantity must be an integer from -1000000000 to 1000000000";
  const std::string too_long =
      "StockCode is too long with the name of the run before it";
  const std::string quotes = "a quoted cell must end with a quote, in its line";
  for (const auto& [line, why] :
       std::initializer_list<std::pair<std::string, std::string>>{
           {"2,A,1000000001", numbers},
           {"2,A,-1000000001", numbers},
           {"2,A,99999999999999999999", numbers},
           {"2,A,1.5", numbers},
           {"2,A,two", numbers},
           {"2,A,", "there is no StockCode, or no Quantity"},
           {"2", "there is no StockCode, or no Quantity"},
           {"2,,1", "StockCode is no SKU"},
           {"2,a/b,1", "StockCode is no SKU"},
           {"2," + std::string(129, 'x') + ",1", "StockCode is no SKU"},
           {"2," + std::string(128, 'x') + ",1", too_long},
           {"2," + std::string(120, 'x') + ",1", too_long},
           {"2,caf\xe9,1", "StockCode is not UTF-8"},
           {"2,\"A,1", quotes},
           {"2,\"A\"\",1", quotes},
           {"2,\"A\"B,1", quotes},
           {"2,A,\"1\" ", quotes},
           {"2,A,\"\"", "there is no StockCode, or no Quantity"},
           {"2,\"A\"\"\",1", "accepted"}}) {
    CAPTURE(line);
    write("1,A,1\n" + line + "\n3,A,1\n");
    CHECK(complaint() == (why == "accepted" ? why : at + why));
  }
  write("1,A,1\r\n\r\n2,caf\xc3\xa9,-2\r\n3,A,0\n4," + std::string(119, 'x')
        + ",1\n");
  CHECK(complaint() == "accepted");
}

TEST_CASE_FIXTURE(orders_fixture, "a file without columns is told from none") {
  CHECK(complaint() == "cannot read " + order.file);
  std::ofstream{order.file}.close();
  CHECK(complaint() == order.file + " has no columns");
  order.file = directory.path();
  CHECK(complaint() == "cannot read " + order.file);
}

TEST_CASE_FIXTURE(orders_fixture, "cells in quotes are read as one") {
  std::ofstream{order.file}
      << "\xef\xbb\xbf\"StockCode\",Description,\"Quantity\"\r\n"
         "85123A,\"HOLDER,12,5\",6\r\n"
         "\"2\",\"A \"\"BIG\"\", RED, 8\"\" BOX\",\"-3\"\r\n"
         "\"4\",\"\",\"5\"\r\n"
         "6,8\" BOX,7\r\n";
  const auto all = make_scenario(order, 1);
  CHECK(all->sku_names() == std::vector<std::string>{"85123A", "2", "4", "6"});
  std::vector<std::int32_t> amounts;
  const auto work = all->make(0, 1);
  while (const auto next = work->next(0))
    amounts.push_back(next->amount);
  CHECK(amounts == std::vector<std::int32_t>{6, 3, 5, 7});
}

TEST_CASE_FIXTURE(orders_fixture, "stock that is refused is no run") {
  write("1,A,1\n");
  try {
    run(lie::full);
    FAIL("it ran");
  } catch (const load_failure& failure) {
    const std::string why = failure.what();
    CHECK(why.starts_with("receiving 6 of "));
    CHECK(why.ends_with("-A was refused: limit_exceeded"));
  }
}
