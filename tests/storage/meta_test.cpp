// What a journal says about itself.
#include <doctest/doctest.h>

#include <atomic>
#include <set>
#include <thread>

#include "damage.hpp"
#include "few_rows.hpp"
#include "harness.hpp"
#include "src/storage/read_connection.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

namespace {

/// A closed journal of which a start reads nothing but a snapshot.
void fill_and_cover(sqlite_place& at) {
  auto log = at.open();
  auto state = log->load(tea.first, tea.second, journal::no_keys).state;
  for (int i = 0; i < 3; ++i)
    deliver(*log, state);
  log->checkpoint(10, true);
}

} // namespace

TEST_CASE("a start that has nowhere to read on is found") {
  using change = void (*)(journal_meta&);
  for (const change to : {change{[](auto& meta) {
                            meta.tail.seq = 0;
                          }},
                          change{[](auto& meta) {
                            ++meta.tail.seq;
                          }},
                          change{[](auto& meta) {
                            meta.tail.seq += 1 << 30;
                          }},
                          change{[](auto& meta) {
                            meta.tail.answer = 0;
                          }},
                          change{[](auto& meta) {
                            ++meta.tail.answer;
                          }}}) {
    sqlite_place at;
    fill_and_cover(at);
    edit_meta(at.dir().path(), to);
    CHECK(fault_of(at.dir().path())
          == "the journal was checkpointed beyond its end, or before its first "
             "row");
    CHECK(refusal_of(at.dir().path()) != "");
  }
}

TEST_CASE("what a journal says about itself is believed as it was written") {
  for (const auto* key : {"node_name", "epoch", "key_ttl_ms", "tail_from",
                          "tail_from_answer", "sum"}) {
    CAPTURE(key);
    sqlite_place at;
    fill_and_cover(at);
    const auto where = std::string(" WHERE key = '") + key + "'";
    edit(at.dir().path(), "UPDATE meta SET value = value - 1" + where);
    const auto said = "what the journal says about itself is not what was "
                      "written";
    CHECK(fault_of(at.dir().path()) == said);
    CHECK(refusal_of(at.dir().path()) == said);
    edit(at.dir().path(), "DELETE FROM meta" + where);
    CHECK(refusal_of(at.dir().path())
          == std::string("the journal says nothing about its ") + key);
  }
}

TEST_CASE("what a journal should not say about itself is found") {
  const auto fault_after = [](auto change) {
    sqlite_place at;
    fill(at, 11, 60);
    edit_meta(at.dir().path(), change);
    return fault_of(at.dir().path());
  };
  CHECK(contains(fault_after([](auto& meta) { meta.tail.seq += 1'000; }),
                 "no snapshot covers"));
  CHECK(contains(fault_after([](auto& meta) { meta.node_name = "n/1"; }),
                 "belongs to no node"));
  CHECK(contains(fault_after([](auto& meta) { meta.epoch = 0; }),
                 "was ever opened"));
}

TEST_CASE("what a journal says about itself is read at one moment") {
  sqlite_place at;
  fill_and_cover(at);
  const auto reads = open_read_only(at.dir().path());
  std::atomic<bool> is_over{false};
  std::thread busy([&] {
    database writes(at.dir() / "journal.db", database::access::create);
    writes.exec("PRAGMA synchronous=OFF");
    for (auto meta = read_meta(writes); !is_over; ++meta.epoch) {
      writes.exec("BEGIN IMMEDIATE");
      write_meta(writes, meta);
      writes.exec("COMMIT");
    }
  });
  std::string fault;
  std::set<std::uint64_t> seen;
  try {
    while (seen.size() < 500)
      seen.insert(read_meta(*reads).epoch);
  } catch (const journal_error& error) {
    fault = error.what();
  }
  is_over = true;
  busy.join();
  CHECK(fault == "");
}
