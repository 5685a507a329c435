#include <doctest/doctest.h>

#include <algorithm>

#include "holdfast/central_fold.hpp"
#include "holdfast/central_view.hpp"

using namespace holdfast;

namespace {

central_view view_of(central_fold& fold) {
  central_view made;
  made.stores = fold.stores();
  made.table = fold.table();
  return made;
}

/// SKUs 100 to 199 in store S, the even ones in T too.
central_view hundred() {
  central_fold fold;
  for (int i = 100; i < 200; ++i)
    for (const auto* store : {"S", "T"})
      if (*store == 'S' || i % 2 == 0)
        fold.take(
            ledger_record{store, std::to_string(i), {10, 4, 1, 0, 1, 1'000}});
  return view_of(fold);
}

} // namespace

TEST_CASE("a SKU is the sum of its stores") {
  const auto view = hundred();
  const auto both = view.find("100");
  REQUIRE(both);
  CHECK(both->sku == "100");
  CHECK(both->on_hand == 20);
  CHECK(both->reserved == 8);
  CHECK(both->available == 10);
  REQUIRE(both->parts.size() == 2);
  CHECK(both->parts[0].store == "S");
  CHECK(both->parts[1].store == "T");
  CHECK(view.find("101")->parts.size() == 1);
  CHECK_FALSE(view.find("1000"));
}

TEST_CASE("stores are shown by name, whichever was seen first") {
  central_fold fold;
  for (const auto* store : {"T", "U", "S"})
    fold.take(ledger_record{store, "A", {1, 0, 0, 0, 1, 0}});
  const auto view = view_of(fold);
  for (const auto& shown : {*view.find("A"), view.page({"", "", 1}).skus[0]}) {
    REQUIRE(shown.parts.size() == 3);
    CHECK(shown.parts[0].store == "S");
    CHECK(shown.parts[1].store == "T");
    CHECK(shown.parts[2].store == "U");
  }
}

TEST_CASE("pages show every SKU once, in order") {
  const auto view = hundred();
  for (const auto* store : {"", "S", "T"})
    for (std::size_t limit : {1, 7, 50, 100, 101}) {
      std::vector<std::string> seen;
      central_query wanted{"", store, limit};
      do {
        const auto page = view.page(wanted);
        CHECK(page.skus.size() <= limit);
        for (const auto& each : page.skus) {
          seen.emplace_back(each.sku);
          CHECK(each.on_hand == (each.parts.size() == 2 ? 20 : 10));
        }
        wanted.after = page.next;
      } while (!wanted.after.empty());
      CHECK(seen.size() == (*store == 'T' ? 50 : 100));
      CHECK(std::is_sorted(seen.begin(), seen.end()));
    }
  const auto last = view.page({"", "", 100});
  CHECK(last.next.empty());
}

TEST_CASE("a page of a store looks at a bounded number of SKUs") {
  central_fold fold;
  for (int i = 1'000; i < 2'000; ++i)
    fold.take(ledger_record{"S", std::to_string(i), {1, 0, 0, 0, 1, 0}});
  fold.take(ledger_record{"T", "1999", {1, 0, 0, 0, 1, 0}});
  const auto view = view_of(fold);
  auto page = view.page({"", "T", 2});
  CHECK(page.skus.empty());
  CHECK(page.next == "1199");
  page = view.page({"1899", "T", 2});
  CHECK(page.skus.size() == 1);
  CHECK(page.next.empty());
  CHECK(view.page({"", "U", 2}).next.empty());
}
