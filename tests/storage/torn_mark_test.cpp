// What a ledger shows while the high-water mark is being written.
#include <doctest/doctest.h>

#include "damage.hpp"
#include "harness.hpp"
#include "src/storage/high_water_mark.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

namespace {

/// Tears the slot of the newest mark, and leaves that of `batch`.
void tear_newest(const sqlite_place& at, std::uint64_t batch) {
  const auto path = at.dir() / "high-water";
  const auto whole = read_file(path);
  for (const std::uint64_t slot : {0, 1}) {
    flip(path, slot * 4096, 0);
    const auto mark = high_water_mark::read(at.dir().path());
    if (mark->torn && mark->latest.batch == batch)
      return;
    write_file(path, whole);
  }
  FAIL("the other slot has another batch");
}

} // namespace

TEST_CASE("a ledger shows no batch whose mark is not written") {
  sqlite_place at;
  const auto log = at.open();
  workload work(5);
  work.transact(*log, 20);
  log->seal();
  const auto said = log->last_seq();
  const auto batch = high_water_mark::read(at.dir().path())->latest.batch;
  while (log->last_seq() == said)
    work.transact(*log, 20);
  const auto now = log->last_seq();
  const auto seen = at.open_ledger();
  CHECK(seen->read({}, 1'000).last_seq == now);
  // The record of the second batch is in the redo log, synced or not.
  tear_newest(at, batch);
  CHECK(at.open_ledger()->read({}, 1'000).last_seq == said);
  // What was told is not taken back.
  CHECK(seen->read({}, 1'000).last_seq == now);
}

TEST_CASE("a ledger shows what the tables have, whatever the mark says") {
  sqlite_place at;
  const auto log = at.open();
  workload work(6);
  work.transact(*log, 20);
  log->seal();
  const auto batch = high_water_mark::read(at.dir().path())->latest.batch;
  work.transact(*log, 20);
  log->seal();
  tear_newest(at, batch);
  CHECK(at.open_ledger()->read({}, 1'000).last_seq == log->last_seq());
}
