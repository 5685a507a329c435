#include <doctest/doctest.h>

#include "tests/domain/one_sku.hpp"

using namespace holdfast;
using namespace holdfast::test;

namespace {

/// A hold of 4 whose closing event is the last of the log.
struct closed_hold {
  one_sku sku = stocked(10);
  reservation_ref ref = sku.hold(4, 60);

  explicit closed_hold(reservation_state how) {
    switch (how) {
    case reservation_state::active:
      break;
    case reservation_state::committed:
      sku.ask(commit(ref, 3));
      break;
    case reservation_state::released:
      sku.ask(release(ref, 1));
      sku.ask(release(ref));
      break;
    case reservation_state::expired:
      sku.now_ms += 60'000;
      sku.ask(read());
      break;
    }
  }
  outcome judge(const command& ask) const {
    return judge_closed(ask, sku.last());
  }
};

using enum reservation_state;

} // namespace

TEST_CASE("a commit done twice is answered with the stored hold") {
  const closed_hold was(committed);
  for (const auto& ask : {commit(was.ref), commit(was.ref, 3)}) {
    const auto answer = was.judge(ask);
    CHECK(answer.ok());
    REQUIRE(answer.has_hold);
    CHECK(answer.hold == was.sku.last().hold);
    CHECK_FALSE(answer.has_record);
  }
}

TEST_CASE("a second commit of another amount finds nothing held") {
  const closed_hold was(committed);
  for (const auto& ask : {commit(was.ref, 2), commit(was.ref, 4)}) {
    const auto answer = was.judge(ask);
    CHECK(answer.code == error_code::quantity_exceeds_hold);
    CHECK(answer.held == 0);
  }
}

TEST_CASE("a release done twice is answered with the stored hold") {
  const closed_hold was(released);
  for (const auto& ask :
       {release(was.ref), release(was.ref, 1), release(was.ref, 4)}) {
    const auto answer = was.judge(ask);
    CHECK(answer.ok());
    REQUIRE(answer.has_hold);
    CHECK(answer.hold == was.sku.last().hold);
  }
}

TEST_CASE("a second release of more than was held is refused") {
  const closed_hold was(released);
  const auto answer = was.judge(release(was.ref, 5));
  CHECK(answer.code == error_code::quantity_exceeds_hold);
  CHECK(answer.held == 0);
}

TEST_CASE("a committed hold can be neither released nor extended") {
  const closed_hold was(committed);
  for (const auto& ask : {release(was.ref), extend(was.ref, 60)}) {
    const auto answer = was.judge(ask);
    CHECK(answer.code == error_code::reservation_closed);
    CHECK(answer.state == committed);
  }
}

TEST_CASE("a released hold can be neither committed nor extended") {
  const closed_hold was(released);
  for (const auto& ask : {commit(was.ref), extend(was.ref, 60)}) {
    const auto answer = was.judge(ask);
    CHECK(answer.code == error_code::reservation_closed);
    CHECK(answer.state == released);
  }
}

TEST_CASE("an expired hold is closed to everything that changes it") {
  const closed_hold was(expired);
  for (const auto& ask :
       {commit(was.ref), release(was.ref), extend(was.ref, 60)}) {
    const auto answer = was.judge(ask);
    CHECK(answer.code == error_code::reservation_closed);
    CHECK(answer.state == expired);
  }
}

TEST_CASE("a closed hold can be read however it ended") {
  for (const auto how : {committed, released, expired}) {
    const closed_hold was(how);
    const auto answer = was.judge(read_reservation(was.ref));
    CHECK(answer.ok());
    REQUIRE(answer.has_hold);
    CHECK(answer.hold.state == how);
    CHECK(answer.hold.committed + answer.hold.released == 4);
  }
}

TEST_CASE("a closed hold of another store or sku is not found") {
  const closed_hold was(committed);
  auto elsewhere = commit(was.ref);
  elsewhere.from.store = "store-2";
  CHECK(was.judge(elsewhere).code == error_code::reservation_not_found);
  auto other = read_reservation(was.ref);
  other.from.sku = "85123B";
  CHECK(was.judge(other).code == error_code::reservation_not_found);
}

TEST_CASE("a closed hold is not found under another name") {
  const closed_hold was(committed);
  const auto [version, seq] = was.ref;
  CHECK(was.judge(commit({version + 1, seq})).code
        == error_code::reservation_not_found);
  CHECK(was.judge(read_reservation({version, seq + 1})).code
        == error_code::reservation_not_found);
}

TEST_CASE("doing the same thing again writes no event") {
  closed_hold was(committed);
  const auto before = was.sku.state;
  CHECK(was.sku.ask(commit(was.ref)).ok());
  CHECK(was.sku.ask(release(was.ref)).code == error_code::reservation_closed);
  CHECK(was.sku.state == before);
}
