// Which journals may serve.
#include <doctest/doctest.h>

#include <cstring>
#include <filesystem>

#include "damage.hpp"
#include "harness.hpp"
#include "src/storage/wrong_data_dir.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

namespace fs = std::filesystem;

namespace {

/// Where the slot with the newer batch begins.
std::uint64_t newest_slot(const std::string& mark) {
  const auto bytes = read_file(mark);
  const auto batch = [&](std::size_t slot) {
    std::uint64_t number = 0;
    std::memcpy(&number, bytes.data() + slot + 16, sizeof(number));
    return number;
  };
  return batch(0) > batch(4096) ? 0 : 4096;
}

/// As many batches of one event each, into a journal that is closed again.
void deliver_batches(sqlite_place& at, int batches) {
  auto log = at.open();
  auto state = log->load(tea.first, tea.second, 0).state;
  for (auto i = 0; i < batches; ++i)
    deliver(*log, state);
}

} // namespace

TEST_CASE("a journal from a newer format is refused and left alone") {
  sqlite_place at;
  fill(at);
  edit(at.dir().path(), "UPDATE meta SET value = 5 WHERE key = 'format'");
  const auto before = read_file(at.dir() / "journal.db");
  CHECK(contains(refusal_of(at.dir().path()), "written by a newer version"));
  CHECK(contains(fault_of(at.dir().path()), "written by a newer version"));
  // No restart makes it better.
  CHECK_THROWS_AS(at.open(), wrong_data_dir);
  CHECK(read_file(at.dir() / "journal.db") == before);
}

TEST_CASE("a journal of another node is refused") {
  sqlite_place at;
  fill(at);
  edit_meta(at.dir().path(), [](auto& meta) { meta.node_name = "n2"; });
  CHECK(contains(refusal_of(at.dir().path()), "belongs to node n2"));
}

TEST_CASE("a journal without its high-water mark is refused") {
  sqlite_place at;
  fill(at);
  fs::remove(at.dir() / "high-water");
  CHECK(contains(refusal_of(at.dir().path()), "mark is missing"));
  CHECK(contains(fault_of(at.dir().path()), "mark is missing"));
}

TEST_CASE("a new journal that lost its mark before its first batch starts") {
  sqlite_place at;
  at.open();
  fs::remove(at.dir() / "high-water");
  CHECK(refusal_of(at.dir().path()).empty());
  CHECK(fs::exists(at.dir() / "high-water"));
}

TEST_CASE("a damaged high-water mark is refused") {
  sqlite_place at;
  deliver_batches(at, 2);
  const auto mark = at.dir() / "high-water";
  // The slot of an older mark: it decayed, and so may the slot of a batch 3
  // have done.
  const auto newest = newest_slot(mark);
  flip(mark, 4096 - newest + 3, 1);
  CHECK(contains(refusal_of(at.dir().path()), "one slot"));
  flip(mark, newest + 3, 1);
  CHECK(contains(refusal_of(at.dir().path()), "is damaged"));
  CHECK(contains(fault_of(at.dir().path()), "is damaged"));
  fs::resize_file(mark, 10);
  CHECK(contains(refusal_of(at.dir().path()), "is damaged"));
}

TEST_CASE("a mark whose write was torn gives way to the journal") {
  for (const auto slot : {0, 4096}) {
    CAPTURE(slot);
    sqlite_place at;
    deliver_batches(at, 2);
    auto torn = read_file(at.dir() / "high-water");
    deliver_batches(at, 1);
    torn[static_cast<std::size_t>(slot) + 60] ^= 1;
    write_file(at.dir() / "high-water", torn);
    CHECK(refusal_of(at.dir().path()).empty());
    CHECK(fault_of(at.dir().path()).empty());
    CHECK(at.open()->last_seq() == 3);
  }
}

TEST_CASE("a journal that is gone is missed") {
  sqlite_place at;
  fill(at);
  for (const auto* name : {"journal.db", "journal.db-wal", "journal.db-shm"})
    fs::remove(at.dir() / name);
  CHECK(contains(refusal_of(at.dir().path()), "the journal is gone"));
  CHECK(!fs::exists(at.dir() / "journal.db"));
  write_file(at.dir() / "journal.db", "");
  CHECK(contains(refusal_of(at.dir().path()), "the journal is gone"));
}

TEST_CASE("an older copy of a journal is missed") {
  sqlite_place at;
  temp_dir old;
  deliver_batches(at, 5);
  copy_journal(at.dir().path(), old.path());
  deliver_batches(at, 1);
  fs::copy_file(at.dir() / "high-water", old / "high-water",
                fs::copy_options::overwrite_existing);
  const auto told = "ends at seq 5, but 6 was acknowledged: 1 event is missing";
  CHECK(contains(refusal_of(old.path()), told));
  CHECK(contains(fault_of(old.path()), told));
}

TEST_CASE("a file that is no database is refused") {
  sqlite_place at;
  fill(at);
  write_file(at.dir() / "journal.db", std::string(8192, 'x'));
  CHECK(!refusal_of(at.dir().path()).empty());
  CHECK(!fault_of(at.dir().path()).empty());
}

TEST_CASE("a hole at the end or an edited last batch is refused") {
  const auto refused_after = [](const char* sql) {
    sqlite_place at;
    fill(at);
    edit(at.dir().path(), sql);
    CAPTURE(sql);
    const auto refused = refusal_of(at.dir().path());
    CHECK(!refused.empty());
    CHECK(!fault_of(at.dir().path()).empty());
  };
  refused_after("DELETE FROM events WHERE seq = (SELECT max(seq) FROM events)");
  refused_after("DELETE FROM batches WHERE id = (SELECT max(id) FROM batches)");
  refused_after("INSERT INTO events SELECT seq + 1, store, sku, body"
                " FROM events ORDER BY seq DESC LIMIT 1");
  refused_after("UPDATE events SET sku = 'other'"
                " WHERE seq = (SELECT max(seq) FROM events)");
  refused_after("UPDATE batches SET hash = zeroblob(32)"
                " WHERE id = (SELECT max(id) FROM batches)");
  refused_after("UPDATE batches SET last_seq = last_seq + 1"
                " WHERE id = (SELECT max(id) FROM batches)");
}

TEST_CASE("every start counts") {
  sqlite_place at;
  fill(at);
  at.open();
  CHECK(verify_journal(at.dir().path()).starts == 2);
}

TEST_CASE("a directory may have the name of a URI") {
  const temp_dir dir;
  const auto before = fs::current_path();
  fs::current_path(dir.path());
  journal_options options;
  options.data_dir = "file:data";
  fs::create_directory(options.data_dir);
  options.node_name = "n1";
  CHECK_NOTHROW(open_sqlite_journal(options));
  CHECK(fs::exists("file:data/journal.db"));
  fs::current_path(before);
}
