// Rows of tables outside the chain that are gone, or became those of another:
// what they said must not be taken for never said.
#include <doctest/doctest.h>

#include <tuple>
#include <variant>

#include "damage.hpp"
#include "harness.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

#define FILE_PLACES sqlite_place, shared_place

namespace {

void leave(sqlite_place&) {
  // nop
}

void leave(shared_place& at) {
  at.all_left();
}

/// A closed journal that knows tea by its snapshot alone: 9 units and, of two
/// reservations, the one of event 2, which is still held.
template <class Place>
void fill_with_tea(Place& at) {
  auto log = at.open();
  stock state;
  std::int64_t at_ms = 1'000;
  const auto write = [&](event change) {
    log->begin();
    log->append(change);
    log->commit();
    apply(state, change);
  };
  const auto decided = [&](command cmd) {
    std::tie(cmd.from.store, cmd.from.sku) = tea;
    return event{std::get<stock_change>(decide(state, cmd, {++at_ms, 60})),
                 cmd.from};
  };
  write(delivery(state, tea, 10, at_ms));
  command cmd;
  cmd.from.what = action::reserve;
  cmd.amount = 1;
  write(decided(cmd));
  write(decided(cmd));
  cmd.from.what = action::commit;
  cmd.reservation = state.holds.rbegin()->second.ref;
  write(decided(cmd));
  log->checkpoint(10, true);
  log.reset();
  leave(at);
}

template <class Work>
std::string damage_met_by(Work work) {
  try {
    work();
    return {};
  } catch (const journal_error& error) {
    CHECK(error.is() == journal_error::kind::corrupt);
    return error.what();
  }
}

template <class Place>
std::string met_by_load(Place& at) {
  auto log = at.open();
  auto met = damage_met_by([&] { log->load(tea.first, tea.second, 0); });
  log.reset();
  leave(at);
  return met;
}

template <class Place>
std::string met_by_event(Place& at) {
  auto log = at.open();
  auto met = damage_met_by([&] {
    log->begin();
    auto change = delivery({}, tea, 5, 9'000);
    log->append(change);
  });
  log->rollback();
  log.reset();
  leave(at);
  return met;
}

template <class Place>
std::string met_by_ledger(Place& at) {
  auto from = at.open_ledger();
  return damage_met_by([&] { from->read({}, 100); });
}

} // namespace

TEST_CASE_TEMPLATE("a SKU whose snapshot is gone is not new", place,
                   FILE_PLACES) {
  place at;
  fill_with_tea(at);
  CHECK(met_by_load(at) == "");
  CHECK(met_by_ledger(at) == "");
  CHECK(fault_of(at.dir().path()) == "");
  // Where there are many it takes long: who has counted them does not again.
  const auto again = at.open_ledger();
  again->read({}, 100);
  edit(at.dir().path(), "DELETE FROM snapshots");
  CHECK(again->read({}, 100).records.empty());
  CHECK(met_by_load(at) == "the snapshot of store-1/tea is gone");
  CHECK(met_by_event(at) == "the snapshot of store-1/tea is gone");
  CHECK(met_by_ledger(at) == "snapshots are gone: of 1 SKUs 0 have theirs");
  CHECK(fault_of(at.dir().path()) != "");
}

TEST_CASE_TEMPLATE("a SKU whose snapshot has another name is not new", place,
                   FILE_PLACES) {
  place at;
  fill_with_tea(at);
  edit(at.dir().path(), "UPDATE snapshots SET sku = 'uea'");
  CHECK(met_by_load(at) == "the snapshot of store-1/tea is gone");
  CHECK(met_by_event(at) == "the snapshot of store-1/tea is gone");
  CHECK(met_by_ledger(at) == "the snapshot of store-1/uea is damaged");
  CHECK(fault_of(at.dir().path()) != "");
}

TEST_CASE("a snapshot is missed although a start would not need it") {
  sqlite_place at;
  fill_with_tea(at);
  edit(at.dir().path(), "DELETE FROM snapshots");
  edit_meta(at.dir().path(), [](auto& meta) { meta.tail.seq = 1; });
  CHECK(fault_of(at.dir().path()) == "the snapshot of store-1/tea is gone");
}

TEST_CASE_TEMPLATE("a journal from before SKUs were listed lists them", place,
                   FILE_PLACES) {
  place at;
  fill_with_tea(at);
  edit(at.dir().path(), "DROP TABLE skus");
  CHECK(fault_of(at.dir().path()) == "");
  CHECK(met_by_load(at) == "");
  edit(at.dir().path(), "DELETE FROM snapshots");
  CHECK(met_by_load(at) == "the snapshot of store-1/tea is gone");
}

TEST_CASE_TEMPLATE("an end that is not filed is missed", place, FILE_PLACES) {
  place at;
  fill_with_tea(at);
  {
    auto log = at.open();
    CHECK_FALSE(log->closing_event(1));
    CHECK_FALSE(log->closing_event(2));
    CHECK(log->closing_event(3).value().seq == 4);
    CHECK_FALSE(log->closing_event(5));
  }
  leave(at);
  edit(at.dir().path(), "DELETE FROM closed");
  auto log = at.open();
  CHECK_FALSE(log->closing_event(2));
  CHECK(damage_met_by([&] { log->closing_event(3); })
        == "the reservation of event 3 is neither held nor filed as closed");
}

TEST_CASE("what would act in the place of the journal is refused") {
  for (const auto* sql : {"CREATE TRIGGER other BEFORE INSERT ON events"
                          " BEGIN SELECT raise(IGNORE); END",
                          "CREATE VIEW other AS SELECT * FROM events"}) {
    CAPTURE(sql);
    sqlite_place at;
    fill_with_tea(at);
    edit(at.dir().path(), sql);
    const auto found = fault_of(at.dir().path());
    CHECK(found.ends_with(" other in the journal is none of its own"));
    CHECK(refusal_of(at.dir().path()) == found);
  }
}
