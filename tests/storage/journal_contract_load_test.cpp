// What every journal promises of snapshots and keys.
#include <doctest/doctest.h>

#include <algorithm>

#include "harness.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage::testing;

#define PLACES memory_place, sqlite_place, simulated_place, shared_place

namespace {

bool is_same(const remembered_key& one, const remembered_key& two) {
  return one.hash == two.hash && one.slot == two.slot && one.at_ms == two.at_ms;
}

} // namespace

TEST_CASE_TEMPLATE("a snapshot shortens the load and changes nothing", place,
                   PLACES) {
  place at;
  stock state;
  {
    auto log = at.open();
    for (auto i = 0; i < 5; ++i) {
      log->begin();
      append(*log, state, delivery(state, tea, 1, 10 + i, "k"));
      if (i == 2)
        log->snapshot(tea.first, tea.second, state);
      log->commit();
    }
    CHECK(log->load(tea.first, tea.second, journal::no_keys).since_snapshot
          == 2);
  }
  auto log = at.open();
  const auto loaded = log->load(tea.first, tea.second, 11);
  CHECK(loaded.since_snapshot == 2);
  CHECK(loaded.state == state);
  // The keys go further back than the snapshot.
  REQUIRE(loaded.keys.size() == 4);
  CHECK(loaded.keys.front().slot.number == 2);
  CHECK(loaded.keys.back().slot.number == 5);
}

TEST_CASE_TEMPLATE("a snapshot that is not the fold so far is not kept", place,
                   PLACES) {
  place at;
  auto log = at.open();
  stock state;
  log->begin();
  append(*log, state, delivery(state, tea, 1, 10));
  auto ahead = state;
  apply(ahead, delivery(ahead, tea, 9, 11));
  log->snapshot(tea.first, tea.second, ahead);
  log->commit();
  CHECK(log->load(tea.first, tea.second, journal::no_keys).state == state);
}

TEST_CASE_TEMPLATE("a snapshot learns the grants it could not know", place,
                   PLACES) {
  place at;
  auto log = at.open();
  stock state;
  command cmd;
  cmd.from.what = action::reserve;
  cmd.from.store = tea.first;
  cmd.from.sku = tea.second;
  cmd.amount = 1;
  log->begin();
  append(*log, state, delivery(state, tea, 9, 10));
  auto early = state;
  for (auto i = 0; i < 3; ++i) {
    const auto grant = std::get<stock_change>(decide(early, cmd, {20, 900}));
    apply(early, grant);
    append(*log, state, {grant, cmd.from});
  }
  REQUIRE(early.holds.begin()->second.ref.grant_seq == 0);
  log->snapshot(tea.first, tea.second, early);
  log->commit();
  const auto loaded = log->load(tea.first, tea.second, journal::no_keys);
  CHECK(loaded.since_snapshot == 0);
  CHECK(loaded.state == state);
}

TEST_CASE_TEMPLATE("two chains of keys become one list", place, PLACES) {
  place at;
  stock state;
  {
    auto log = at.open();
    for (auto i = 0; i < 6; ++i) {
      log->begin();
      const auto key = "key-" + std::to_string(i);
      if (i % 2 == 0) {
        append(*log, state, delivery(state, tea, 1, 10 + i, key));
      } else {
        auto answer = refused(tea, 10 + i, key);
        log->remember(answer);
      }
      log->commit();
    }
  }
  const auto keys = at.open()->load(tea.first, tea.second, 11).keys;
  REQUIRE(keys.size() == 5);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    CHECK(keys[i].at_ms == static_cast<std::int64_t>(11 + i));
    CHECK(keys[i].slot.in_answers == (i % 2 == 0));
  }
}

TEST_CASE_TEMPLATE("keys are the same in steps as at once", place, PLACES) {
  place at;
  auto log = at.open();
  stock state;
  const auto write = [&](int i) {
    log->begin();
    const auto key = "key-" + std::to_string(i);
    append(*log, state, delivery(state, tea, 1, 10 + i, key));
    if (i % 3 == 0) {
      auto answer = refused(tea, 10 + i, key + "-refused");
      log->remember(answer);
    }
    log->commit();
  };
  for (auto i = 0; i < 20; ++i)
    write(i);
  const auto check_walk = [&](key_walk& walk) {
    auto steps = 1;
    while (!log->walk_keys(tea.first, tea.second, 12, walk, 3))
      ++steps;
    CHECK(steps > 3);
    const auto whole = log->load(tea.first, tea.second, 12).keys;
    CHECK(std::equal(walk.keys.begin(), walk.keys.end(), whole.begin(),
                     whole.end(), is_same));
  };
  key_walk walk;
  check_walk(walk);
  // What comes in between is not missed.
  key_walk interrupted;
  CHECK_FALSE(log->walk_keys(tea.first, tea.second, 12, interrupted, 3));
  write(20);
  check_walk(interrupted);
  CHECK(interrupted.keys.back().at_ms == 30);
  key_walk none;
  CHECK(log->walk_keys(tea.first, "nobody's", 12, none, 3));
  CHECK(none.keys.empty());
}
