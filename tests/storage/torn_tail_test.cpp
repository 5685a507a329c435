// A journal cut short, at every byte where that can happen.
#include <doctest/doctest.h>

#include <filesystem>

#include "damage.hpp"
#include "harness.hpp"
#include "tests/support/figures.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

namespace fs = std::filesystem;

namespace {

const sku_name tea{"store-1", "tea"};

void deliver(journal& into, stock& state) {
  into.begin();
  auto change = delivery(state, tea, 1, 1'000);
  into.append(change);
  into.commit();
  apply(state, change);
}

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

std::uintmax_t log_size(const temp_dir& of) {
  return fs::file_size(of / "journal.db-wal");
}

} // namespace

TEST_CASE("a cut below what was acknowledged is refused at every byte") {
  crashes at;
  const auto& dir = at.after_third;
  const auto content = read_file(dir / "journal.db");
  const auto whole = log_size(dir);
  for (auto size = whole; size-- > 0;) {
    CAPTURE(size);
    fs::resize_file(dir / "journal.db-wal", size);
    const auto why = refusal_of(dir.path());
    REQUIRE(why.find("but 3 was acknowledged") != std::string::npos);
    REQUIRE(why.find(size < log_size(at.after_second) ? "2 events are missing"
                                                      : "1 event is missing")
            != std::string::npos);
    // Evidence is not touched.
    REQUIRE(log_size(dir) == size);
  }
  CHECK(read_file(dir / "journal.db") == content);
  test::tell("tail cut at every byte", whole, {});
}

TEST_CASE("a batch that was never acknowledged is there whole or not at all") {
  crashes at;
  // The crash came between the commit of the third batch and its mark.
  fs::copy_file(at.after_second / "high-water", at.after_third / "high-water",
                fs::copy_options::overwrite_existing);
  temp_dir cut;
  const auto whole = log_size(at.after_third);
  for (auto size = log_size(at.after_second); size <= whole; ++size) {
    CAPTURE(size);
    copy_journal(at.after_third.path(), cut.path());
    fs::resize_file(cut / "journal.db-wal", size);
    journal_options with;
    with.data_dir = cut.path();
    with.node_name = "n1";
    auto log = open_sqlite_journal(with);
    const std::uint64_t expected = size == whole ? 3 : 2;
    REQUIRE(log->last_seq() == expected);
    auto loaded = log->load(tea.first, tea.second, 0).state;
    REQUIRE(loaded.now.version == expected);
    if (size % 997 != 0 && size != whole)
      continue;
    deliver(*log, loaded);
    log.reset();
    REQUIRE(fault_of(cut.path()).empty());
    REQUIRE(verify_journal(cut.path()).events == expected + 1);
  }
  test::tell("tail cut at every byte", whole + 1 - log_size(at.after_second),
             {});
}

TEST_CASE("flips in the log of SQLite are refused or change nothing") {
  crashes at;
  temp_dir damaged;
  const auto size = log_size(at.after_third);
  for (std::uint64_t offset = 0; offset < size; offset += 13) {
    CAPTURE(offset);
    copy_journal(at.after_third.path(), damaged.path());
    flip(damaged / "journal.db-wal", offset, offset % 8);
    if (!refusal_of(damaged.path()).empty())
      continue;
    const auto report = verify_journal(damaged.path());
    REQUIRE(report.ok());
    REQUIRE(report.events == 3);
  }
}
