// What is promised of the journal on disk only.
#include <doctest/doctest.h>

#include <filesystem>
#include <limits>
#include <string>

#include "damage.hpp"
#include "harness.hpp"
#include "src/storage/read_connection.hpp"
#include "src/storage/read_only.hpp"
#include "src/storage/schema.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

TEST_CASE("checkpoints keep the tail short and lose nothing") {
  sqlite_place at;
  workload work(31, 40);
  for (auto life = 0; life < 3; ++life) {
    auto log = at.open();
    for (auto i = 0; i < 150; ++i) {
      work.transact(*log, 12);
      log->checkpoint(8, false);
    }
    const auto content = open_read_only(at.dir().path());
    const auto tail = read_meta(*content).tail;
    const auto rows =
        work.events().size() - tail.seq + work.answers().size() - tail.answer;
    CHECK(rows <= 120);
  }
  check_content(*at.open(), work);
  CHECK(fault_of(at.dir().path()) == "");
}

TEST_CASE("a checkpoint without budget takes no snapshot") {
  sqlite_place at;
  workload work(32);
  auto log = at.open();
  for (auto i = 0; i < 60; ++i)
    work.transact(*log, 12);
  log->seal();
  const auto before = verify_journal(at.dir().path()).snapshots;
  log->checkpoint(0, false);
  CHECK(verify_journal(at.dir().path()).snapshots == before);
  check_content(*log, work);
}

TEST_CASE("a SKU known by its answers alone is kept too") {
  sqlite_place at;
  {
    auto log = at.open();
    log->begin();
    auto answer = refused(tea, 1'000, "lonely");
    log->remember(answer);
    log->commit();
    workload work(33);
    for (auto i = 0; i < 80; ++i) {
      stock state = log->load("store-2", "rice", journal::no_keys).state;
      log->begin();
      auto change = delivery(state, {"store-2", "rice"}, 1, 2'000);
      log->append(change);
      log->commit();
      log->checkpoint(10, false);
    }
    REQUIRE(read_meta(*open_read_only(at.dir().path())).tail.answer == 2);
  }
  auto log = at.open();
  CHECK(log->load(tea.first, tea.second, 0).keys.size() == 1);
  stock state;
  log->begin();
  auto change = delivery(state, tea, 1, 3'000);
  log->append(change);
  auto answer = refused(tea, 3'001, "second");
  log->remember(answer);
  log->commit();
  CHECK(log->load(tea.first, tea.second, 0).keys.size() == 2);
  log.reset();
  CHECK(fault_of(at.dir().path()) == "");
}

TEST_CASE("a snapshot that was edited is not believed") {
  sqlite_place at;
  {
    auto log = at.open();
    stock state;
    log->begin();
    auto change = delivery(state, tea, 1, 1'000);
    log->append(change);
    apply(state, change);
    log->snapshot(tea.first, tea.second, state);
    log->commit();
  }
  edit(at.dir().path(), "UPDATE snapshots SET last_answer = 1");
  auto log = at.open();
  CHECK_THROWS_AS(log->load(tea.first, tea.second, 0), journal_error);
}

TEST_CASE("a reader pages beside the writer") {
  sqlite_place at;
  CHECK_THROWS_AS(event_reader(at.dir().path()), journal_error);
  workload work(41);
  auto log = at.open();
  event_reader reader(at.dir().path());
  CHECK(reader.node_name() == "n1");
  CHECK(reader.last_seq() == 0);
  std::uint64_t after = 0;
  for (auto i = 0; i < 60; ++i) {
    work.transact(*log, 10);
    for (;;) {
      const auto page = reader.scan(after, 7, {});
      if (page.events.empty())
        break;
      for (const auto& each : page.events)
        REQUIRE(same(each, work.events()[after++]));
      REQUIRE(page.last_seq == after);
    }
    REQUIRE(after == work.events().size());
    REQUIRE(reader.last_seq() == after);
  }
}

TEST_CASE("a journal whose files are removed, or moved, is noticed") {
  for (const auto* name : {"redo", "high-water", "journal.db"}) {
    CAPTURE(name);
    sqlite_place at;
    auto log = at.open();
    workload work(5);
    work.transact(*log, 10);
    CHECK_NOTHROW(log->seal());
    std::filesystem::rename(at.dir() / name, at.dir() / "away");
    work.transact(*log, 10);
    try {
      log->seal();
      FAIL("nobody noticed");
    } catch (const journal_error& error) {
      CHECK(error.is() == journal_error::kind::failed);
      const auto path = at.dir() / name;
      CHECK(std::string{error.what()}.find(
                path + " was removed, or is another file now")
            != std::string::npos);
    }
  }
}

TEST_CASE("an id is given once, however short its dead letter was there") {
  sqlite_place at;
  dead_letter letter;
  letter.ask.from.what = action::reserve;
  letter.ask.from.store = tea.first;
  letter.ask.from.sku = tea.second;
  letter.ask.amount = 3;
  for (const bool is_first : {true, false}) {
    auto log = at.open();
    log->begin();
    REQUIRE(log->bury(letter));
    CHECK(letter.id == (is_first ? 1 : 2));
    if (is_first)
      CHECK(log->remove_letter(letter.id));
    log->commit();
  }
}
