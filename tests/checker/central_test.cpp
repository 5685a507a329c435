#include <doctest/doctest.h>

#include "holdfast/central_fold.hpp"
#include "holdfast/central_view.hpp"
#include "tests/checker/told_history.hpp"

using namespace holdfast;
using namespace holdfast::test;

namespace {

/// A history and what an honest view shows of it.
struct central_fixture {
  told_history told;
  std::vector<central_entry> shown;

  central_fixture() {
    told.ask(adjust(10));
    told.ask(reserve(4));
    told.ask(adjust(7, "B"));
    told.ask(adjust(-2));
    told.rest();
    for (const auto& end : told.finals)
      shown.push_back({end.sku,
                       end.record.on_hand,
                       end.record.reserved,
                       end.record.available(),
                       {end}});
  }

  bool is_found() const {
    const auto found = check_central(told.journal, shown);
    for (const auto& each : found)
      CHECK(each.item == 7);
    return !found.empty();
  }
};

} // namespace

TEST_CASE_FIXTURE(central_fixture, "an honest central view has no violation") {
  CHECK_FALSE(is_found());
}

TEST_CASE_FIXTURE(central_fixture, "a sync that counts twice is found") {
  SUBCASE("an event in its record") {
    shown[0].records[0].record.on_hand += 10;
    shown[0].on_hand += 10;
    shown[0].available += 10;
  }
  SUBCASE("a record in its sums") {
    shown[0].on_hand *= 2;
    shown[0].reserved *= 2;
    shown[0].available *= 2;
  }
  SUBCASE("a store") {
    shown[0].records.push_back(shown[0].records[0]);
    shown[0].on_hand *= 2;
    shown[0].reserved *= 2;
    shown[0].available *= 2;
  }
  SUBCASE("a SKU") {
    shown.push_back(shown[1]);
  }
  CHECK(is_found());
}

TEST_CASE_FIXTURE(central_fixture, "holds may expire after the view was made") {
  told.now_ms += 900'000;
  told.ask(read());
  CHECK_FALSE(is_found());
  told.ask(adjust(1));
  CHECK(is_found());
}

TEST_CASE("what a view says is available is what its balances leave") {
  central_fixture with;
  auto& record = with.shown[0].records[0];
  record.available = record.record.available();
  CHECK(check_central(with.told.journal, with.shown).empty());
  ++record.available;
  const auto found = check_central(with.told.journal, with.shown);
  REQUIRE(found.size() == 1);
  CHECK(found.front().item == 5);
}

TEST_CASE_FIXTURE(central_fixture, "a stale central view is found") {
  auto& record = shown[0].records[0].record;
  record.on_hand += 2;
  --record.version;
  shown[0].on_hand += 2;
  shown[0].available += 2;
  CHECK(is_found());
}

TEST_CASE_FIXTURE(central_fixture, "a SKU that is lost or made up is found") {
  SUBCASE("lost") {
    shown.pop_back();
  }
  SUBCASE("made up") {
    shown.push_back({"C", 0, 0, 0, {{"S", "C", {}}}});
  }
  SUBCASE("without records") {
    shown[0].records.clear();
  }
  SUBCASE("made up of nothing") {
    shown.push_back({"C", 0, 0, 0, {}});
  }
  CHECK(is_found());
}

TEST_CASE_FIXTURE(central_fixture,
                  "sums that are not those of the records are found") {
  SUBCASE("on hand") {
    ++shown[0].on_hand;
  }
  SUBCASE("reserved") {
    ++shown[0].reserved;
  }
  SUBCASE("available") {
    ++shown[0].available;
  }
  CHECK(is_found());
}

TEST_CASE_FIXTURE(central_fixture, "a round that reads a page twice is found") {
  central_fold fold;
  // The bug: positions are forgotten, and deltas are added up again.
  std::map<std::string, balances> counted;
  for (int round = 0; round < 2; ++round)
    for (const auto& change : told.journal) {
      fold.take(ledger_change{change.seq, change.from.store, change.from.sku,
                              change.delta, change.reserved_delta,
                              change.after},
                false);
      auto& now = counted[change.from.sku];
      const auto on_hand = now.on_hand + change.delta;
      now = change.after;
      now.on_hand = on_hand;
    }
  // The fold itself notices and does not follow.
  CHECK(fold.drift_count() == told.journal.size());
  CHECK(fold.table()->find("A")->records[0].is == told.finals[0].record);
  // The checker notices a view that does.
  for (auto& entry : shown) {
    entry.records[0].record = counted[entry.sku];
    entry.on_hand = counted[entry.sku].on_hand;
    entry.available = counted[entry.sku].available();
  }
  CHECK(is_found());
}

TEST_CASE_FIXTURE(central_fixture,
                  "what others have in a store is summed up alone") {
  // Nobody recorded calls about it there, nor are its events here.
  final_record other{"T", "A", {}};
  other.record.on_hand = 5;
  other.record.version = 1;
  shown[0].records.push_back(other);
  shown[0].on_hand += 5;
  shown[0].available += 5;
  CHECK(is_found());
  const std::set<std::pair<std::string, std::string>> called{{"S", "A"},
                                                             {"S", "B"}};
  CHECK(check_central(told.journal, shown, &called).empty());
  ++shown[0].on_hand;
  CHECK(check_central(told.journal, shown, &called).size() == 1);
}
