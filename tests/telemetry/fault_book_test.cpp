#include "src/telemetry/fault_book.hpp"

#include <doctest/doctest.h>

using namespace holdfast::telemetry;
using namespace std::chrono_literals;

namespace {

struct fault_book_fixture {
  fault_book book;
  fault_book::time_point now{std::chrono::hours{500'000}};
};

} // namespace

TEST_CASE_FIXTURE(fault_book_fixture,
                  "the same fault counts up, from first to last") {
  book.note("sku_crashed", "85123A", now);
  book.note("sku_crashed", "85123A", now + 1min, 4);
  const auto seen = book.read();
  REQUIRE(seen.size() == 1);
  CHECK(seen[0].event == "sku_crashed");
  CHECK(seen[0].detail == "85123A");
  CHECK(seen[0].count == 5);
  CHECK(seen[0].first == now);
  CHECK(seen[0].last == now + 1min);
}

TEST_CASE_FIXTURE(fault_book_fixture,
                  "faults that differ are kept apart, newest first") {
  book.note("a", "x", now);
  book.note("a", "y", now + 1s);
  book.note("b", "x", now + 2s);
  book.note("a", "x", now + 3s);
  const auto seen = book.read();
  REQUIRE(seen.size() == 3);
  CHECK(seen[0].detail == "x");
  CHECK(seen[0].count == 2);
  CHECK(seen[1].event == "b");
  CHECK(seen[2].detail == "y");
}

TEST_CASE_FIXTURE(fault_book_fixture,
                  "one too many drives out the one seen least lately") {
  for (std::size_t i = 0; i < fault_book::faults_max; ++i)
    book.note("fault", std::to_string(i), now + std::chrono::seconds(i));
  book.note("fault", "0", now + 1h);
  book.note("fault", "new", now + 2h);
  const auto seen = book.read();
  REQUIRE(seen.size() == fault_book::faults_max);
  CHECK(seen[0].detail == "new");
  CHECK(seen[1].detail == "0");
  for (const auto& fault : seen)
    CHECK(fault.detail != "1");
}

TEST_CASE_FIXTURE(fault_book_fixture,
                  "a long detail is cut between characters") {
  std::string text(fault_book::detail_bytes_max - 1, 'x');
  book.note("fault", text + "\xc3\xa4", now);
  CHECK(book.read()[0].detail == text);
}
