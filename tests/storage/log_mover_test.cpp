// SQLite's log, moved into the database while more is written to it.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>

#include "damage.hpp"
#include "harness.hpp"
#include "src/storage/log_mover.hpp"
#include "src/storage/schema.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

namespace {

constexpr std::uint64_t pages_max = 20;
/// Twice as many, and what one transaction adds beyond that.
constexpr std::uint64_t log_bytes_max = 4 * pages_max * page_bytes;

journal_options options_of(const sqlite_place& at) {
  auto with = at.options();
  with.wal_pages_max = pages_max;
  with.moves_beside = true;
  return with;
}

std::uint64_t log_bytes(const sqlite_place& at) {
  return std::filesystem::file_size(journal_path(at.dir().path()) + "-wal");
}

void transact(journal& log, workload& work, int times) {
  for (auto i = 0; i < times; ++i) {
    work.transact(log, 12);
    log.checkpoint(8, false);
  }
}

/// Of the database without its log.
std::uint64_t rows_moved(const std::string& path) {
  database alone(path, database::access::untouched);
  statement count(alone, "SELECT count(*) FROM rows");
  count.step();
  return count.number(0);
}

/// A database with rows in its log.
struct logged_rows {
  logged_rows() {
    content.exec("PRAGMA journal_mode=WAL");
    content.exec("PRAGMA wal_autocheckpoint=0");
    content.exec("CREATE TABLE rows(body BLOB)");
  }

  void add(int count) {
    for (auto i = 0; i < count; ++i)
      content.exec("INSERT INTO rows VALUES(zeroblob(3000))");
  }

  temp_dir dir;
  std::string path = dir.path() + "/rows.db";
  database content{path, database::access::create};
};

} // namespace

TEST_CASE("what was added while a log was moved is moved afterwards") {
  logged_rows at;
  log_mover mover{at.path};
  for (auto turn = 1; turn <= 20; ++turn) {
    at.add(30);
    CHECK_FALSE(mover.is_under_way());
    mover.start();
    CHECK(mover.is_under_way());
    mover.finish();
    CHECK(rows_moved(at.path) == 40 * turn - 10);
    at.add(5);
    mover.start();
    at.add(5);
    mover.finish();
    CHECK(move_pages(at.content).is_all);
    CHECK(rows_moved(at.path) == 40 * turn);
  }
}

TEST_CASE("a log that a reader needs is moved when it is gone") {
  logged_rows at;
  at.add(10);
  log_mover mover{at.path};
  {
    database reader{at.path, database::access::read_only};
    reader.exec("BEGIN");
    reader.exec("SELECT count(*) FROM rows");
    at.add(10);
    mover.start();
    mover.finish();
    CHECK_FALSE(move_pages(at.content).is_all);
  }
  mover.start();
  mover.finish();
  CHECK(rows_moved(at.path) == 20);
}

TEST_CASE("what a mover meets is told to who finishes it") {
  logged_rows at;
  at.add(100);
  REQUIRE(move_pages(at.content).is_all);
  // SQLite sees that it lacks most of its pages.
  std::filesystem::resize_file(at.path, page_bytes);
  at.add(1);
  log_mover mover{at.path};
  CHECK_FALSE(mover.has_failed());
  mover.start();
  try {
    mover.finish();
    FAIL("nothing was told");
  } catch (const journal_error& error) {
    CHECK(error.is() == journal_error::kind::failed);
  }
  CHECK(mover.has_failed());
}

TEST_CASE("the log of a journal is moved long before it begins again") {
  sqlite_place at;
  workload work(37, 40);
  auto with = options_of(at);
  with.wal_pages_max = 1'000;
  auto log = open_sqlite_journal(with);
  const auto path = journal_path(at.dir().path());
  const auto size = std::filesystem::file_size(path);
  for (auto i = 0; i < 100 && std::filesystem::file_size(path) == size; ++i)
    transact(*log, work, 10);
  CHECK(std::filesystem::file_size(path) > size);
  CHECK(log_bytes(at) < with.wal_pages_max * page_bytes);
}

TEST_CASE("a journal whose log is moved beside it loses nothing") {
  sqlite_place at;
  workload work(35, 40);
  std::uint64_t longest = 0;
  for (auto life = 0; life < 3; ++life) {
    auto log = open_sqlite_journal(options_of(at));
    for (auto i = 0; i < 15; ++i) {
      transact(*log, work, 10);
      longest = std::max(longest, log_bytes(at));
    }
    check_content(*log, work);
  }
  CHECK(longest > pages_max * page_bytes);
  CHECK(longest <= log_bytes_max);
  check_content(*at.open(), work);
  CHECK(fault_of(at.dir().path()) == "");
}

TEST_CASE("a log that could not be moved beside the journal grows no more "
          "once it can") {
  sqlite_place at;
  workload work(36, 40);
  auto log = open_sqlite_journal(options_of(at));
  transact(*log, work, 10);
  std::optional<database> reader;
  reader.emplace(journal_path(at.dir().path()), database::access::read_only);
  reader->exec("BEGIN");
  reader->exec("SELECT count(*) FROM events");
  transact(*log, work, 80);
  const auto grown = log_bytes(at);
  CHECK(grown > log_bytes_max);
  reader.reset();
  transact(*log, work, 80);
  CHECK(log_bytes(at) <= grown + log_bytes_max);
  check_content(*log, work);
  log.reset();
  CHECK(fault_of(at.dir().path()) == "");
}
