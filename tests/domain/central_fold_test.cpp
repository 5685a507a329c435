#include <doctest/doctest.h>

#include <limits>
#include <map>

#include "holdfast/central_fold.hpp"

using namespace holdfast;

namespace {

/// A change of one SKU after another, as an honest ledger has them.
struct ledger_of_one {
  std::string store = "S";
  std::string sku = "A";
  balances now;
  std::uint64_t seq = 0;

  ledger_change next(std::int64_t delta, std::int64_t reserved_delta = 0) {
    now.on_hand += delta;
    now.reserved += reserved_delta;
    ++now.version;
    return {++seq, store, sku, delta, reserved_delta, now};
  }
};

struct central_fold_fixture {
  central_fold fold;
  ledger_of_one told;

  balances shown() {
    const auto found = fold.table()->find("A");
    REQUIRE(found);
    return found->records.front().is;
  }
  void take(const ledger_change& row) {
    fold.take(row, false);
  }
};

} // namespace

TEST_CASE_FIXTURE(central_fold_fixture,
                  "changes lead to the balances after the last one") {
  fold.begin_round(1);
  take(told.next(10));
  take(told.next(0, 4));
  take(told.next(-4, -4));
  CHECK(shown() == told.now);
  CHECK(fold.drift_count() == 0);
  CHECK(fold.changed().size() == 3);
}

TEST_CASE_FIXTURE(central_fold_fixture, "changes go on where a record ends") {
  told.next(10);
  const auto covered = told.next(5);
  fold.take(ledger_record{"S", "A", told.now});
  fold.take(covered, true);
  fold.take(told.next(1), true);
  CHECK(shown() == told.now);
  CHECK(fold.drift_count() == 0);
}

TEST_CASE_FIXTURE(central_fold_fixture,
                  "a change that is counted twice is drift") {
  const auto change = told.next(10);
  take(change);
  take(change);
  CHECK(fold.drift_count() == 1);
  CHECK(shown() == told.now);
  REQUIRE(fold.drifts().size() == 1);
  CHECK(fold.drifts()[0].store == "S");
  CHECK(fold.drifts()[0].sku == "A");
  CHECK(fold.drifts()[0].seq == 1);
  CHECK(fold.drifts()[0].what.starts_with("a version comes twice"));
}

TEST_CASE_FIXTURE(central_fold_fixture, "a gap in the versions is drift") {
  take(told.next(10));
  told.next(1);
  take(told.next(1));
  CHECK(fold.drift_count() == 1);
  CHECK(shown() == told.now);
  take(told.next(1));
  CHECK(fold.drift_count() == 1);
}

TEST_CASE_FIXTURE(central_fold_fixture,
                  "a delta that leads elsewhere is drift") {
  take(told.next(10));
  auto wrong = told.next(1);
  wrong.delta = 2;
  take(wrong);
  wrong = told.next(0, 3);
  wrong.reserved_delta = 2;
  take(wrong);
  wrong = told.next(1);
  wrong.delta = std::numeric_limits<std::int64_t>::max();
  take(wrong);
  CHECK(fold.drift_count() == 3);
}

TEST_CASE_FIXTURE(central_fold_fixture,
                  "a record other than its event is drift") {
  auto record = ledger_record{"S", "A", {}};
  const auto change = told.next(10);
  record.is = told.now;
  ++record.is.on_hand;
  fold.take(record);
  fold.take(change, true);
  CHECK(fold.drift_count() == 1);
}

TEST_CASE_FIXTURE(central_fold_fixture,
                  "an owner who says the same is no drift") {
  fold.begin_round(1);
  take(told.next(10));
  fold.attest({"S", "A"}, told.now);
  fold.end_round(true);
  CHECK(fold.drift_count() == 0);
}

TEST_CASE_FIXTURE(central_fold_fixture,
                  "an owner who says something else is drift") {
  take(told.next(10));
  auto other = told.now;
  ++other.on_hand;
  fold.attest({"S", "A"}, other);
  CHECK(fold.drift_count() == 1);
  CHECK(fold.drifts()[0].seq == 0);
  fold.attest({"S", "A"}, {});
  CHECK(fold.drift_count() == 2);
}

TEST_CASE_FIXTURE(central_fold_fixture,
                  "an owner who knows more is heard later") {
  fold.begin_round(1);
  take(told.next(10));
  const auto change = told.next(1);
  SUBCASE("and was right") {
    fold.attest({"S", "A"}, told.now);
    fold.end_round(true);
    fold.begin_round(2);
    take(change);
    fold.end_round(true);
    CHECK(fold.drift_count() == 0);
  }
  SUBCASE("and was wrong") {
    auto other = told.now;
    ++other.reserved;
    fold.attest({"S", "A"}, other);
    fold.end_round(true);
    CHECK(fold.drift_count() == 0);
    fold.begin_round(2);
    take(change);
    CHECK(fold.drift_count() == 1);
  }
  SUBCASE("and of what the ledger never gets") {
    fold.attest({"S", "A"}, told.now);
    fold.end_round(true);
    fold.begin_round(2);
    fold.end_round(false);
    CHECK(fold.drift_count() == 0);
    fold.begin_round(3);
    fold.end_round(true);
    CHECK(fold.drift_count() == 1);
  }
}

TEST_CASE_FIXTURE(central_fold_fixture,
                  "of many changes a bounded number is asked about") {
  std::map<std::string, int> chosen;
  for (std::uint64_t round = 1; round <= 200; ++round) {
    fold.begin_round(round);
    for (int i = 0; i < 640; ++i) {
      told.sku = std::to_string(i);
      told.now = {};
      told.now.version = round - 1;
      told.now.on_hand = static_cast<std::int64_t>(round - 1);
      take(told.next(1));
    }
    CHECK(fold.changed().size() == limits::witnesses_max);
    for (const auto& [store, sku] : fold.changed())
      ++chosen[sku];
  }
  CHECK(fold.drift_count() == 0);
  // One in ten, over 200 rounds: 20 each, and nobody is left out.
  CHECK(chosen.size() == 640);
}

TEST_CASE_FIXTURE(central_fold_fixture,
                  "the drifts that are told are few, the count is not") {
  const auto change = told.next(1);
  for (int i = 0; i < 100; ++i)
    take(change);
  CHECK(fold.drift_count() == 99);
  CHECK(fold.drifts().size() == limits::drifts_told_max);
  fold.begin_round(2);
  CHECK(fold.drift_count() == 0);
}
