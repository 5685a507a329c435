// A journal cut short, at every byte where that can happen.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

#include "damage.hpp"
#include "harness.hpp"
#include "src/storage/redo_log.hpp"
#include "tests/support/figures.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

namespace fs = std::filesystem;

namespace {

/// A journal as three crashes would have left it, one after each batch.
struct crashes {
  temp_dir after_first;
  temp_dir after_second;
  temp_dir after_third;

  crashes() {
    sqlite_place at;
    stock state;
    deliver(*at.open(), state);
    auto log = at.open();
    copy_journal(at.dir().path(), after_first.path());
    deliver(*log, state);
    copy_journal(at.dir().path(), after_second.path());
    deliver(*log, state);
    copy_journal(at.dir().path(), after_third.path());
  }
};

/// Bytes of the records in the redo log.
std::uint64_t log_size(const temp_dir& of) {
  redo_content redo;
  read_redo_log(of.path(), redo);
  return redo.end;
}

} // namespace

TEST_CASE("a cut below what was acknowledged is refused at every byte") {
  crashes at;
  const auto& dir = at.after_third;
  const auto content = read_file(dir / "journal.db");
  const auto second = log_size(at.after_second);
  const auto whole = log_size(dir);
  for (auto size = whole; size-- > 0;) {
    CAPTURE(size);
    fs::resize_file(dir / "redo", size);
    const auto why = refusal_of(dir.path());
    REQUIRE(why.find("but 3 was acknowledged") != std::string::npos);
    REQUIRE(
        why.find(size < second ? "2 events are missing" : "1 event is missing")
        != std::string::npos);
    REQUIRE(fault_of(dir.path()) != "");
    // Evidence is not touched.
    REQUIRE(fs::file_size(dir / "redo") == size);
  }
  CHECK(read_file(dir / "journal.db") == content);
  test::tell("tail cut at every byte", whole, {});
}

TEST_CASE("a batch that was never acknowledged is there whole or not at all") {
  crashes at;
  // The crash came between the sync of the third batch and its mark.
  fs::copy_file(at.after_second / "high-water", at.after_third / "high-water",
                fs::copy_options::overwrite_existing);
  temp_dir cut;
  const auto whole = log_size(at.after_third);
  for (auto size = log_size(at.after_second); size <= whole; ++size) {
    CAPTURE(size);
    copy_journal(at.after_third.path(), cut.path());
    fs::resize_file(cut / "redo", size);
    journal_options with;
    with.data_dir = cut.path();
    with.node_name = "n1";
    auto log = open_sqlite_journal(with);
    const std::uint64_t expected = size == whole ? 3 : 2;
    REQUIRE(log->last_seq() == expected);
    auto loaded = log->load(tea.first, tea.second, 0).state;
    REQUIRE(loaded.now.version == expected);
    if (size % 97 != 0 && size != whole)
      continue;
    deliver(*log, loaded);
    log.reset();
    REQUIRE(fault_of(cut.path()).empty());
    REQUIRE(verify_journal(cut.path()).events == expected + 1);
  }
  test::tell("tail cut at every byte", whole + 1 - log_size(at.after_second),
             {});
}

TEST_CASE("every flip in a record of the redo log is refused") {
  crashes at;
  temp_dir damaged;
  const auto ends = {log_size(at.after_first), log_size(at.after_second),
                     log_size(at.after_third)};
  std::uint64_t offset = 0;
  for (const auto end : ends) {
    // What lies before a block is no part of any record.
    for (; offset % block_bytes != 0; ++offset) {
      if (offset % 97 != 0)
        continue;
      copy_journal(at.after_third.path(), damaged.path());
      flip(damaged / "redo", offset, offset % 8);
      REQUIRE(refusal_of(damaged.path()).empty());
    }
    for (; offset < end; ++offset) {
      CAPTURE(offset);
      copy_journal(at.after_third.path(), damaged.path());
      flip(damaged / "redo", offset, offset % 8);
      REQUIRE(!refusal_of(damaged.path()).empty());
      REQUIRE(!fault_of(damaged.path()).empty());
    }
  }
}

TEST_CASE("a hole in the redo log is found even where no mark tells") {
  crashes at;
  // A loss of power left the mark behind.
  fs::copy_file(at.after_first / "high-water", at.after_third / "high-water",
                fs::copy_options::overwrite_existing);
  flip(at.after_third / "redo", log_size(at.after_second) / 2, 3);
  const auto why = refusal_of(at.after_third.path());
  CHECK(why.find("the redo log is damaged after batch 1") != std::string::npos);
  CHECK(fault_of(at.after_third.path()) != "");
}

TEST_CASE("cuts in the log of SQLite are refused or lose nothing") {
  sqlite_place at;
  stock state;
  temp_dir crashed;
  temp_dir cut;
  {
    auto log = at.open();
    deliver(*log, state);
    log->seal();
    deliver(*log, state);
    copy_journal(at.dir().path(), crashed.path());
  }
  auto refused = 0;
  for (auto size = fs::file_size(crashed / "journal.db-wal"); size > 0;
       size -= std::min<std::uintmax_t>(size, 97)) {
    CAPTURE(size);
    copy_journal(crashed.path(), cut.path());
    fs::resize_file(cut / "journal.db-wal", size);
    if (!refusal_of(cut.path()).empty()) {
      ++refused;
      continue;
    }
    const auto report = verify_journal(cut.path());
    REQUIRE(report.ok());
    REQUIRE(report.events == 2);
  }
  CHECK(refused > 0);
}

TEST_CASE("what an earlier round of the redo log left is not taken for new") {
  sqlite_place at;
  stock state;
  temp_dir crashed;
  {
    auto log = at.open();
    for (auto i = 0; i < 3; ++i)
      deliver(*log, state);
    log->seal();
    deliver(*log, state);
    copy_journal(at.dir().path(), crashed.path());
  }
  redo_content redo;
  read_redo_log(crashed.path(), redo);
  CHECK(redo.records.size() == 1);
  CHECK(redo.beyond == 3);
  CHECK(refusal_of(crashed.path()).empty());
  CHECK(verify_journal(crashed.path()).events == 4);
}
