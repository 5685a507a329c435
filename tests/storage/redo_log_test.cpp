// The redo log as a file: blocks, and what was before there were any.
#include <doctest/doctest.h>

#include <fcntl.h>

#include <filesystem>
#include <fstream>

#include "damage.hpp"
#include "harness.hpp"
#include "src/storage/file.hpp"
#include "src/storage/redo_log.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

namespace fs = std::filesystem;

namespace {

/// A journal as a crash after so many batches would have left it.
void crash(const temp_dir& into, int batches = 3) {
  sqlite_place at;
  stock state;
  auto log = at.open();
  for (int i = 0; i < batches; ++i)
    deliver(*log, state);
  copy_journal(at.dir().path(), into.path());
}

/// The records of `redo` one beside the other.
std::string packed(const redo_content& redo) {
  std::string result;
  std::uint64_t begin = 0;
  for (const auto& each : redo.records) {
    result += redo.bytes.substr(begin, each.size);
    begin = whole_blocks(begin + each.size);
  }
  return result;
}

} // namespace

TEST_CASE("each record begins with a block, and zeros are what follows it") {
  temp_dir crashed;
  crash(crashed);
  redo_content redo;
  read_redo_log(crashed.path(), redo);
  REQUIRE(redo.records.size() == 3);
  CHECK(fs::file_size(crashed / "redo") % block_bytes == 0);
  std::uint64_t begin = 0;
  for (const auto& each : redo.records) {
    REQUIRE(redo.bytes.substr(begin, record_magic.size()) == record_magic);
    const auto end = begin + each.size;
    begin = whole_blocks(end);
    REQUIRE(redo.bytes.substr(end, begin - end)
            == std::string(begin - end, '\0'));
  }
}

TEST_CASE("a log of format 2 is read, and goes on with a block") {
  temp_dir old;
  crash(old);
  redo_content redo;
  read_redo_log(old.path(), redo);
  std::ofstream{old / "redo", std::ios::binary} << packed(redo);
  edit(old.path(), "UPDATE meta SET value = 2 WHERE key = 'format'");
  CHECK(verify_journal(old.path()).events == 3);
  journal_options with;
  with.data_dir = old.path();
  with.node_name = "n1";
  auto log = open_sqlite_journal(with);
  REQUIRE(log->last_seq() == 3);
  auto state = log->load(tea.first, tea.second, 0).state;
  deliver(*log, state);
  temp_dir crashed;
  copy_journal(old.path(), crashed.path());
  CHECK(verify_journal(crashed.path()).events == 4);
  log.reset();
  CHECK(fault_of(old.path()).empty());
}

TEST_CASE("no room is made where records are that the tables may lack") {
  for (const auto batches : {1, 3, 20}) {
    CAPTURE(batches);
    temp_dir old;
    crash(old, batches);
    redo_content redo;
    read_redo_log(old.path(), redo);
    const auto records = packed(redo);
    REQUIRE(records.size() % block_bytes != 0);
    std::ofstream{old / "redo", std::ios::binary} << records;
    redo_log log{old.path(), records.size(), *system_disk()};
    CHECK(read_file(old / "redo") == records);
    log.make_room(3 * block_bytes);
    const auto grown = read_file(old / "redo");
    CHECK(grown.starts_with(records));
    CHECK(grown.size() >= whole_blocks(records.size()) + 3 * block_bytes);
  }
}

TEST_CASE("a block goes past the cache, and anything else by it") {
  temp_dir dir;
  struct alignas(block_bytes) block {
    std::array<char, block_bytes> bytes;
  };
  const auto whole = std::make_unique<block>();
  whole->bytes.fill('x');
  file to{dir / "blocks", O_RDWR | O_CREAT};
  to.bypass_cache();
  to.write_at(0, {whole->bytes.data(), block_bytes});
  // As from a file system that wants larger blocks.
  to.write_at(block_bytes + 3, "abc");
  to.sync_data();
  CHECK(to.size() == block_bytes + 6);
  CHECK(to.read_at(0, block_bytes) == std::string(block_bytes, 'x'));
  CHECK(to.read_at(block_bytes + 3, 3) == "abc");
}
