// Damage in the middle of a journal.
#include <doctest/doctest.h>

#include <random>
#include <vector>

#include "damage.hpp"
#include "harness.hpp"
#include "src/storage/sqlite.hpp"
#include "tests/support/figures.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

namespace {

/// All tables, as text.
std::string dump(const std::string& data_dir) {
  database content(data_dir + "/journal.db", database::access::read_only);
  std::string all;
  for (const auto* sql :
       {"SELECT seq, store, sku, hex(body) FROM events ORDER BY seq",
        "SELECT number, store, sku, hex(body) FROM answers ORDER BY number",
        "SELECT id, first_seq, last_seq, first_answer || ',' || last_answer"
        " || hex(hash) FROM batches ORDER BY id",
        "SELECT grant_seq, close_seq, '', '' FROM closed ORDER BY grant_seq",
        "SELECT seq, store, sku, last_answer || hex(state) FROM snapshots"
        " ORDER BY store, sku",
        "SELECT key, value, '', '' FROM meta ORDER BY key"}) {
    statement rows(content, sql);
    while (rows.step())
      for (auto column = 0; column < 4; ++column)
        all.append(rows.bytes(column)).push_back('\n');
  }
  return all;
}

std::vector<std::uint64_t> pages_of_tables(const std::string& data_dir) {
  database content(data_dir + "/journal.db", database::access::read_only);
  statement rows(content, "SELECT pageno FROM dbstat WHERE name IN"
                          " ('events', 'answers', 'batches', 'closed',"
                          " 'snapshots', 'meta')");
  std::vector<std::uint64_t> pages;
  while (rows.step())
    pages.push_back(rows.number(0));
  return pages;
}

} // namespace

TEST_CASE("flips in the middle are found unless they change nothing") {
  constexpr std::uint64_t seed = 77;
  CAPTURE(seed);
  sqlite_place at;
  fill(at, seed, 240);
  const auto path = at.dir() / "journal.db";
  const auto pages = pages_of_tables(at.dir().path());
  const auto original = dump(at.dir().path());
  REQUIRE(fault_of(at.dir().path()) == "");
  std::mt19937_64 random(seed);
  auto found = 0;
  for (auto i = 0; i < 1'000; ++i) {
    const auto page = pages[random() % pages.size()];
    const auto offset = (page - 1) * page_bytes + random() % page_bytes;
    const auto bit = static_cast<unsigned>(random() % 8);
    CAPTURE(i);
    CAPTURE(offset);
    flip(path, offset, bit);
    if (verify_journal(at.dir().path()).ok())
      // Room that no row uses.
      REQUIRE(dump(at.dir().path()) == original);
    else
      ++found;
    flip(path, offset, bit);
  }
  test::tell("1,000 flips in the middle", 1'000,
             {{"changed_something", found}, {"found", found}});
  CHECK(found > 500);
  CHECK(fault_of(at.dir().path()) == "");
}
