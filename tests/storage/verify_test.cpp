// What `verify` finds.
#include <doctest/doctest.h>

#include <filesystem>
#include <map>

#include "damage.hpp"
#include "harness.hpp"
#include "src/storage/read_only.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

TEST_CASE("a sound journal is found sound, and counted") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    CAPTURE(seed);
    sqlite_place at;
    const auto work = fill(at, seed, 80);
    const auto report = verify_journal(at.dir().path());
    REQUIRE(fault_of(at.dir().path()) == "");
    CHECK(report.events == work.events().size());
    CHECK(report.answers == work.answers().size());
    CHECK(report.node_name == "n1");
    CHECK(report.batches > 70);
    CHECK(report.snapshots > 0);
    CHECK(report.closed > 0);
    CHECK(report.granted >= report.closed);
  }
}

TEST_CASE("verify works beside a writer") {
  sqlite_place at;
  workload work(5);
  auto log = at.open();
  for (auto i = 0; i < 100; ++i) {
    work.transact(*log, 10);
    const auto report = verify_journal(at.dir().path());
    REQUIRE(report.ok());
    REQUIRE(report.events == work.events().size());
  }
  check_content(*log, work);
}

TEST_CASE("a damaged slot of the mark is found where a start refuses it") {
  sqlite_place at;
  fill(at, 7, 20);
  const auto& dir = at.dir().path();
  REQUIRE(fault_of(dir) == "");
  const auto whole = read_file(dir + "/high-water");
  int refused = 0;
  for (const std::uint64_t slot : {0, 4096}) {
    flip(dir + "/high-water", slot + 9, 3);
    const auto found = fault_of(dir);
    if (!found.empty())
      ++refused;
    CHECK(refusal_of(dir).empty() == found.empty());
    write_file(dir + "/high-water", whole);
  }
  CHECK(refused >= 1);
}

TEST_CASE("events of a journal that ends too early are not listed in silence") {
  sqlite_place at;
  const auto work = fill(at, 8, 20);
  const auto& dir = at.dir().path();
  CHECK(event_reader{dir}.last_seq() == work.events().size());
  edit(dir, "DELETE FROM events WHERE seq = (SELECT max(seq) FROM events)");
  CHECK_THROWS_WITH_AS(event_reader{dir}.last_seq(),
                       doctest::Contains("was acknowledged"), journal_error);
}

TEST_CASE("events are not listed without knowing where they end") {
  sqlite_place at;
  const auto& dir = at.dir().path();
  at.open();
  std::filesystem::remove(dir + "/high-water");
  CHECK(event_reader{dir}.last_seq() == 0);
  fill(at, 8, 20);
  std::filesystem::remove(dir + "/high-water");
  CHECK_THROWS_WITH_AS(event_reader{dir}.last_seq(),
                       doctest::Contains("mark is missing"), journal_error);
}

TEST_CASE("edits are found and told") {
  const std::map<std::string, std::string> edits = {
      {"DELETE FROM events WHERE seq = 20", "event 20 is missing"},
      {"DELETE FROM answers WHERE number = 2", "answer 2 is missing"},
      {"DELETE FROM batches WHERE id = 7", "does not follow batch 6"},
      {"UPDATE events SET body = (SELECT body FROM events WHERE seq = 9)"
       " WHERE seq = 8",
       "event 8 is damaged"},
      {"UPDATE events SET store = 'x' WHERE seq = 8", "event 8 is damaged"},
      {"UPDATE batches SET hash = zeroblob(32) WHERE id = 5", "batch 5"},
      {"UPDATE closed SET close_seq = close_seq + 1 WHERE grant_seq ="
       " (SELECT min(grant_seq) FROM closed)",
       "not filed as closed"},
      {"DELETE FROM closed WHERE grant_seq ="
       " (SELECT min(grant_seq) FROM closed)",
       "not filed as closed"},
      {"INSERT INTO closed VALUES(100000, 1)", "that no event closed"},
      {"UPDATE snapshots SET seq = seq - 1 WHERE seq > 1", "snapshot of"},
      {"UPDATE snapshots SET state = (SELECT state FROM snapshots"
       " ORDER BY seq DESC LIMIT 1) WHERE seq = (SELECT min(seq) FROM"
       " snapshots)",
       "snapshot of"},
      {"DELETE FROM snapshots", "no snapshot covers"},
      {"DELETE FROM snapshots WHERE seq = (SELECT min(seq) FROM snapshots)",
       "no snapshot covers"},
  };
  for (const auto& [sql, told] : edits) {
    CAPTURE(sql);
    sqlite_place at;
    fill(at, 11, 60);
    edit(at.dir().path(), sql);
    CHECK(contains(fault_of(at.dir().path()), told));
  }
}

TEST_CASE("events that the rules would not have made are found") {
  const auto fault_after = [](auto change_it) {
    sqlite_place at;
    auto log = at.open();
    stock state;
    log->begin();
    for (auto i = 0; i < 3; ++i) {
      auto change = delivery(state, tea, 5, 1'000 + i, "k" + std::to_string(i));
      apply(state, change);
      if (i == 1)
        change_it(change);
      log->append(change);
    }
    log->commit();
    log.reset();
    return fault_of(at.dir().path());
  };
  CHECK(fault_after([](event&) {}) == "");
  CHECK(contains(fault_after([](event& of) { of.after.version = 7; }),
                 "event 2 of store-1/tea does not fit: its version"));
  CHECK(contains(fault_after([](event& of) { of.delta = 6; }),
                 "its delta does not lead"));
  CHECK(contains(
      fault_after([](event& of) { of.reserved_delta = of.after.reserved = 1; }),
      "reserved is not the sum"));
  CHECK(contains(fault_after([](event& of) {
                   of.type = event_type::stock_released;
                   of.hold.ref = {1, 1};
                 }),
                 "its reservation is not live"));
  CHECK(contains(fault_after([](event& of) { of.from.key = "k0"; }),
                 "key k0 of store-1/tea has two answers: event 1 and event 2"));
}

TEST_CASE("a key may be used again once its time is over") {
  sqlite_place at;
  auto log = at.open();
  stock state;
  for (const std::int64_t at_ms : {0, 300'001, 600'002}) {
    log->begin();
    auto change = delivery(state, tea, 1, at_ms, "again");
    log->append(change);
    apply(state, change);
    log->commit();
  }
  auto answer = refused(tea, 600'003, "again");
  // Another action: another key.
  log->begin();
  log->remember(answer);
  log->commit();
  log.reset();
  CHECK(fault_of(at.dir().path()) == "");
}
