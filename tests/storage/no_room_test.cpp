// A disk that has no room for some writes, wherever they come.
#include <doctest/doctest.h>

#include "damage.hpp"
#include "harness.hpp"
#include "src/storage/schema.hpp"
#include "src/storage/verify.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

namespace {

/// Operations of the disk that a checkpoint or a batch has at most.
constexpr std::uint64_t step_max = 40;

/// One batch, which may find no room. True if it was taken.
bool try_batch(journal& log, workload& work) {
  try {
    log.begin();
    work.write(log, 5);
    log.commit();
    work.committed();
    return true;
  } catch (const journal_error& error) {
    REQUIRE(error.is() == journal_error::kind::full);
    log.rollback();
    work.rolled_back();
    return false;
  }
}

void check_verified(simulated_place& at, const workload& work) {
  const auto report = verify_journal(at.options().data_dir, at.disk());
  REQUIRE_MESSAGE(report.ok(), report.fault->what);
  REQUIRE(report.events == work.events().size());
}

/// A disk without room, and one whose quota is used up.
constexpr bool both[] = {false, true};

/// `writes` of a checkpoint find no room, from the `nth` on.
void check_checkpoint(simulated_place& at, std::uint64_t nth,
                      std::uint64_t writes) {
  workload work(nth, 20);
  auto log = at.open();
  for (auto i = 0; i < 6; ++i)
    work.transact(*log, 10);
  log->seal();
  work.transact(*log, 10);
  at.disk().plan(nth, mishap::no_room, writes);
  try {
    log->checkpoint(10, true);
  } catch (const journal_error& error) {
    REQUIRE(error.is() == journal_error::kind::full);
  }
  at.disk().heal();
  check_content(*log, work);
  work.transact(*log, 10);
  log->checkpoint(10, true);
  log.reset();
  check_verified(at, work);
  check_content(*at.open(), work);
}

/// Four writes find no room from the `nth` on, in each of two lives.
void check_batches(simulated_place& at, std::uint64_t nth) {
  workload work(nth, 6);
  {
    auto log = at.open();
    work.transact(*log, 5);
    at.disk().plan(nth, mishap::no_room, 4);
    for (auto i = 0; i < 4; ++i)
      try_batch(*log, work);
    at.disk().end_process();
  }
  at.disk().turn_on();
  at.disk().plan(nth, mishap::no_room, 4);
  journal_ptr log;
  try {
    log = at.open();
  } catch (const journal_error& error) {
    REQUIRE(error.is() == journal_error::kind::full);
    at.disk().heal();
    log = at.open();
  }
  for (auto i = 0; i < 4; ++i)
    try_batch(*log, work);
  at.disk().heal();
  check_content(*log, work);
  work.transact(*log, 5);
  log->seal();
  at.disk().end_process();
  at.disk().turn_on();
  check_content(*at.open(), work);
  check_verified(at, work);
}

/// A journal that was closed, or whose process was killed once its redo log was
/// full.
void leave_without_room(simulated_place& at, workload& work, bool is_killed) {
  auto log = at.open();
  work.transact(*log, 5);
  if (!is_killed)
    return;
  at.disk().plan(1, mishap::no_room, 10'000);
  while (try_batch(*log, work))
    continue;
  at.disk().end_process();
}

bool finds_no_room(journal& log) {
  try {
    log.begin();
    log.rollback();
    return false;
  } catch (const journal_error& error) {
    log.rollback();
    return error.is() == journal_error::kind::full;
  }
}

} // namespace

TEST_CASE("a checkpoint that finds no room takes nothing along") {
  for (const auto has_quota : both)
    for (std::uint64_t nth = 1; nth <= step_max; ++nth)
      for (std::uint64_t writes = 1; writes <= 3; ++writes) {
        CAPTURE(has_quota);
        CAPTURE(nth);
        CAPTURE(writes);
        simulated_place at;
        at.disk().set_quota(has_quota);
        check_checkpoint(at, nth, writes);
      }
}

TEST_CASE("batches that find no room are refused or kept, before and after a "
          "start without room") {
  for (const auto has_quota : both)
    for (std::uint64_t nth = 1; nth <= step_max; ++nth) {
      CAPTURE(has_quota);
      CAPTURE(nth);
      simulated_place at;
      at.disk().set_quota(has_quota);
      check_batches(at, nth);
    }
}

TEST_CASE("a start that found no room for a batch says so when one begins") {
  for (const auto has_quota : both)
    for (const auto is_killed : both) {
      CAPTURE(has_quota);
      CAPTURE(is_killed);
      simulated_place at;
      at.disk().set_quota(has_quota);
      workload work(1, 6);
      leave_without_room(at, work, is_killed);
      at.disk().turn_on();
      at.disk().plan(1, mishap::no_room, 10'000);
      auto log = at.open();
      CHECK(finds_no_room(*log));
      check_content(*log, work);
      at.disk().heal();
      CHECK_FALSE(finds_no_room(*log));
      work.transact(*log, 5);
      check_content(*log, work);
      log.reset();
      check_verified(at, work);
    }
}

TEST_CASE("a journal from before there was a table of SKUs can be read before "
          "there is room for it") {
  simulated_place at;
  workload work(1, 20);
  {
    auto log = at.open();
    work.transact(*log, 30);
    log->checkpoint(30, true);
  }
  {
    database content(journal_path(at.options().data_dir),
                     database::access::create, at.disk());
    content.exec("DROP TABLE skus");
  }
  at.disk().plan(1, mishap::no_room, 1'000);
  auto log = at.open();
  const auto reader = at.open_ledger();
  CHECK(reader->read({}, 100).next.is == ledger_position::phase::events);
  check_content(*log, work);
  at.disk().heal();
  work.transact(*log, 10);
  log->seal();
  CHECK(reader->read({}, 100).next.is == ledger_position::phase::events);
  log.reset();
  check_verified(at, work);
}
