// What every ledger promises, whatever it is made of.
#include <doctest/doctest.h>

#include "harness.hpp"
#include "holdfast/central_fold.hpp"
#include "holdfast/ledger_reading.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage::testing;

#define PLACES memory_place, sqlite_place, simulated_place, shared_place

namespace {

/// Reads a ledger as rounds do.
struct reader {
  explicit reader(std::unique_ptr<ledger> of) : from(std::move(of)) {
    // nop
  }

  std::unique_ptr<ledger> from;
  central_fold fold;
  ledger_reading reading{{}};
  std::size_t pages = 0;

  /// `between` runs after every page.
  template <class F>
  void round(std::size_t limit, F between) {
    const ledger_reading::clock::time_point now{std::chrono::hours{1}};
    fold.begin_round(1);
    reading.begin_round();
    while (const auto ask = reading.next(now)) {
      const auto page = from->read(ask->from, limit);
      CHECK(page.records.size() + page.changes.size() <= limit);
      reading.take(ask->number, page, fold, now);
      ++pages;
      between();
    }
    CHECK(reading.is_over());
    CHECK_FALSE(reading.has_failed());
    CHECK(fold.drift_count() == 0);
  }
  void round(std::size_t limit = 10) {
    round(limit, [] {});
  }

  void check(const workload& work) {
    std::map<sku_name, balances> expected;
    for (const auto& [name, state] : work.stocks())
      if (state.exists())
        expected[name] = state.now;
    std::map<sku_name, balances> found;
    const auto stores = fold.stores();
    fold.table()->walk("", [&](const sku_entry& each) {
      for (const auto& [store, is] : each.records)
        found[{(*stores)[store], std::string{each.sku}}] = is;
      return true;
    });
    CHECK(found == expected);
  }
};

} // namespace

TEST_CASE_TEMPLATE("the ledger of a new journal is empty", place, PLACES) {
  place at;
  const auto log = at.open();
  reader all{at.open_ledger()};
  all.round();
  CHECK(all.fold.table()->skus() == 0);
}

TEST_CASE_TEMPLATE("a ledger shows what was committed and nothing else", place,
                   PLACES) {
  place at;
  const auto log = at.open();
  workload work(7);
  work.transact(*log, 20);
  work.transact(*log, 20, false);
  reader all{at.open_ledger()};
  all.round();
  all.check(work);
  work.transact(*log, 20, false);
  work.transact(*log, 20);
  all.round();
  all.check(work);
}

TEST_CASE_TEMPLATE("rounds follow a journal, whenever they begin", place,
                   PLACES) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    CAPTURE(seed);
    place at;
    const auto log = at.open();
    workload work(seed);
    const auto write = [&] {
      work.transact(*log, 8, work.random()() % 5 != 0);
      if (work.random()() % 4 == 0 && !work.stocks().empty()) {
        const auto& [name, state] = *std::next(
            work.stocks().begin(), static_cast<std::ptrdiff_t>(
                                       work.random()() % work.stocks().size()));
        log->begin();
        log->snapshot(name.first, name.second, state);
        log->commit();
      }
      if (work.random()() % 8 == 0)
        log->checkpoint(3, work.random()() % 2 == 0);
    };
    for (std::uint64_t i = 0; i < seed * 3; ++i)
      write();
    reader all{at.open_ledger()};
    const auto limit = 1 + seed % 9;
    // The first round reads snapshots while they are replaced.
    std::size_t left = 20;
    all.round(limit, [&] {
      if (left > 0) {
        --left;
        write();
      }
    });
    for (int i = 0; i < 5; ++i) {
      write();
      all.round(limit);
      all.check(work);
    }
  }
}

TEST_CASE_TEMPLATE("an idle round is one page", place, PLACES) {
  place at;
  const auto log = at.open();
  workload work(3);
  for (int i = 0; i < 20; ++i)
    work.transact(*log, 20);
  reader all{at.open_ledger()};
  all.round();
  all.pages = 0;
  all.round();
  CHECK(all.pages == 1);
}

TEST_CASE("a ledger begins with snapshots, not with the whole log") {
  sqlite_place at;
  const auto log = at.open();
  workload work(5);
  for (int i = 0; i < 50; ++i)
    work.transact(*log, 20);
  while (log->checkpoint(100, true) != 0) {
  }
  REQUIRE(log->last_seq() > 200);
  reader all{at.open_ledger()};
  all.round(20);
  CHECK(all.pages == 1);
  all.check(work);
}

TEST_CASE("there is no ledger without a journal") {
  const temp_dir nowhere;
  CHECK_THROWS_AS(storage::open_sqlite_ledger(nowhere.path()), journal_error);
}

TEST_CASE("a memory ledger fails when it is told to, and with its disk") {
  const auto disk = std::make_shared<storage::memory_disk>();
  storage::memory_ledger from{disk};
  disk->fail_reads(2);
  CHECK_THROWS_AS(from.read({}, 1), journal_error);
  CHECK_THROWS_AS(from.read({}, 1), journal_error);
  CHECK(from.read({}, 1).last_seq == 0);
  disk->fail_reads(2);
  disk->heal();
  CHECK(from.read({}, 1).last_seq == 0);
  disk->crash();
  CHECK_THROWS_AS(from.read({}, 1), journal_error);
}
