// Whether a ledger is the one that was read, whatever it is made of.
#include <doctest/doctest.h>

#include "harness.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage::testing;

namespace {

ledger_position end_of(ledger& of) {
  ledger_position at;
  for (;;) {
    const auto page = of.read(at, 7);
    REQUIRE_FALSE(page.is_other);
    at = page.next;
    if (at.is == ledger_position::phase::events && at.seq >= page.last_seq)
      return at;
  }
}

} // namespace

TEST_CASE_TEMPLATE("an older copy that goes on is another ledger", place,
                   memory_place, sqlite_place, simulated_place, shared_place) {
  place here, there;
  const auto log = here.open();
  const auto copied_log = there.open();
  // The same seed does the same.
  workload work(7), copy(7);
  for (int i = 0; i < 10; ++i) {
    work.transact(*log, 20);
    copy.transact(*copied_log, 20);
  }
  const auto original = here.open_ledger();
  const auto copied = there.open_ledger();
  const auto shared = end_of(*original);
  CHECK(shared.seen.seq == work.events().size());
  CHECK_FALSE(copied->read(shared, 7).is_other);
  while (work.events().size() < shared.seq + 5)
    work.transact(*log, 20);
  const auto gone = end_of(*original);
  REQUIRE(gone.seen.seq == work.events().size());
  while (log->checkpoint(100, true) != 0) {
  }
  // A snapshot that was read may be of the newest event.
  const auto begun = original->read({}, 1).next;
  CHECK(begun.seen == gone.seen);
  // It is too short at first, and then has other events there.
  for (int i = 0; i < 2; ++i) {
    CHECK(copied->read(gone, 7).is_other);
    CHECK(copied->read(begun, 7).is_other);
    CHECK_FALSE(copied->read(shared, 7).is_other);
    copy.random()();
    while (copy.events().size() < work.events().size() + 5)
      copy.transact(*copied_log, 20);
  }
  CHECK_FALSE(original->read(gone, 7).is_other);
  CHECK_FALSE(original->read(begun, 7).is_other);
}
