// The faults that simulations plant.
#include <doctest/doctest.h>

#include "tests/support/memory_journal.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

using kind = journal_error::kind;

namespace {

kind commit_error(journal& of) {
  try {
    of.commit();
  } catch (const journal_error& error) {
    return error.is();
  }
  FAIL("the commit was expected to fail");
  return kind::corrupt;
}

} // namespace

TEST_CASE("a full disk in memory is usable again after the rollback") {
  auto disk = std::make_shared<memory_disk>();
  memory_journal log(disk);
  workload work(1);
  disk->fail_commit_at(2, kind::full);
  work.transact(log, 10);
  log.begin();
  work.write(log, 10);
  CHECK(commit_error(log) == kind::full);
  log.rollback();
  work.rolled_back();
  check_content(log, work);
  work.transact(log, 10);
  check_content(log, work);
  CHECK(disk->commits() == 2);
}

TEST_CASE("after a failed commit the batch is there or not, as planted") {
  for (const auto reached : {false, true}) {
    CAPTURE(reached);
    auto disk = std::make_shared<memory_disk>();
    workload work(2);
    {
      memory_journal log(disk);
      work.transact(log, 10);
      disk->fail_commit_at(1, kind::failed, reached);
      log.begin();
      work.write(log, 10);
      CHECK(commit_error(log) == kind::failed);
      log.rollback();
      CHECK_THROWS_AS(log.begin(), journal_error);
      CHECK_THROWS_AS(log.load("a", "b", 0), journal_error);
    }
    if (reached)
      work.committed();
    else
      work.rolled_back();
    memory_journal again(disk);
    check_content(again, work);
  }
}

TEST_CASE("a crash takes what was not committed, and the journal with it") {
  auto disk = std::make_shared<memory_disk>();
  workload work(3);
  memory_journal log(disk);
  work.transact(log, 10);
  log.begin();
  work.write(log, 10);
  disk->crash();
  work.rolled_back();
  CHECK_THROWS_AS(log.commit(), journal_error);
  log.rollback();
  memory_journal again(disk);
  check_content(again, work);
}
