// The last record of the redo log, torn in any way before it was synced.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "damage.hpp"
#include "harness.hpp"
#include "src/storage/redo_log.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

namespace fs = std::filesystem;

namespace {

std::uint64_t log_size(const std::string& data_dir) {
  redo_content redo;
  read_redo_log(data_dir, redo);
  return redo.end;
}

/// A crash between the sync of the second batch and its mark.
struct crash {
  temp_dir dir;
  std::uint64_t first = 0;
  std::uint64_t whole = 0;

  crash() {
    sqlite_place at;
    stock state;
    auto log = at.open();
    deliver(*log, state);
    temp_dir before;
    copy_journal(at.dir().path(), before.path());
    first = log_size(before.path());
    deliver(*log, state);
    copy_journal(at.dir().path(), dir.path());
    whole = log_size(dir.path());
    fs::copy_file(before / "high-water", dir / "high-water",
                  fs::copy_options::overwrite_existing);
  }
};

/// Number of events that a journal opens with.
std::uint64_t open(const temp_dir& at) {
  journal_options with;
  with.data_dir = at.path();
  with.node_name = "n1";
  return open_sqlite_journal(with)->last_seq();
}

void overwrite(const std::string& path, std::uint64_t at, std::uint64_t end,
               char with) {
  std::fstream file{path, std::ios::in | std::ios::out | std::ios::binary};
  file.seekp(static_cast<std::streamoff>(at));
  for (; at < end; ++at)
    file.put(with);
}

} // namespace

TEST_CASE("a record with any byte wrong was never acknowledged, and is gone") {
  const crash left;
  REQUIRE(left.first < left.whole);
  temp_dir torn;
  for (auto at = whole_blocks(left.first); at < left.whole; ++at)
    for (const unsigned bit : {0u, 7u}) {
      CAPTURE(at - left.first);
      copy_journal(left.dir.path(), torn.path());
      flip(torn / "redo", at, bit);
      REQUIRE(open(torn) == 1);
    }
}

TEST_CASE("a record whose middle did not reach the disk is gone") {
  const crash left;
  temp_dir torn;
  for (const auto with : {'\0', '\xff', '\x7f'})
    for (auto at = whole_blocks(left.first); at < left.whole; at += 5)
      for (const auto size : {1u, 16u, 64u}) {
        CAPTURE(at - left.first);
        CAPTURE(size);
        copy_journal(left.dir.path(), torn.path());
        overwrite(torn / "redo", at, std::min(at + size, left.whole), with);
        const auto events = open(torn);
        // Zeros may have been there.
        REQUIRE((events == 1 || (with == 0 && events == 2)));
      }
}
