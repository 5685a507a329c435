// Pages of journals from before they had those of today.
#include <doctest/doctest.h>

#include "damage.hpp"
#include "harness.hpp"
#include "src/storage/schema.hpp"
#include "src/storage/sqlite.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

namespace {

std::uint64_t page_size_of(const sqlite_place& at) {
  database content(journal_path(at.dir().path()), database::access::read_only);
  statement size(content, "PRAGMA page_size");
  size.step();
  return size.number(0);
}

} // namespace

TEST_CASE("a new journal has pages of the size that it should have") {
  sqlite_place at;
  at.open();
  CHECK(page_size_of(at) == page_bytes);
}

TEST_CASE("a journal with smaller pages keeps them, and loses nothing") {
  sqlite_place at;
  {
    database content(journal_path(at.dir().path()), database::access::create);
    content.exec("PRAGMA page_size=4096");
    content.exec("PRAGMA journal_mode=WAL");
  }
  workload work(34, 40);
  for (auto life = 0; life < 3; ++life) {
    auto log = at.open();
    for (auto i = 0; i < 150; ++i) {
      work.transact(*log, 12);
      log->checkpoint(8, false);
    }
  }
  CHECK(page_size_of(at) == 4096);
  check_content(*at.open(), work);
  CHECK(fault_of(at.dir().path()) == "");
}
