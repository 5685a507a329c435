#include <doctest/doctest.h>

#include "tests/checker/told_history.hpp"

using namespace holdfast;
using namespace holdfast::test;

namespace {

/// Three events of A with two of B between them.
struct fixture {
  told_history told;
  std::vector<authority> owners;

  fixture() {
    for (const auto* sku : {"A", "B", "A", "B", "A"})
      told.ask(adjust(10, sku));
    for (const auto& change : told.journal)
      owners.push_back({change.seq, "n1", 7});
  }

  std::size_t found() const {
    const auto all = check_owners(told.journal, owners);
    for (const auto& each : all)
      CHECK(each.item == 8);
    return all.size();
  }
};

} // namespace

TEST_CASE_FIXTURE(fixture, "one owner all the time is in its right") {
  CHECK(found() == 0);
}

TEST_CASE_FIXTURE(fixture, "a SKU may change hands with a higher token") {
  owners[2] = {3, "n2", 8};
  owners[4] = {5, "n1", 9};
  CHECK(found() == 0);
}

TEST_CASE_FIXTURE(fixture, "an owner that lost its lease and writes is found") {
  owners[2] = {3, "n2", 8};
  CHECK(found() == 1);
}

TEST_CASE_FIXTURE(fixture, "an epoch that is ignored is found") {
  owners[0].token = 9;
  CHECK(found() == 2);
}

TEST_CASE_FIXTURE(fixture, "two owners of one token are found") {
  owners[4].owner = "n2";
  CHECK(found() == 1);
}

TEST_CASE_FIXTURE(fixture, "the order is that of versions, not of the dump") {
  owners[2] = {3, "n2", 8};
  owners[4] = {5, "n2", 8};
  std::swap(told.journal[0], told.journal[2]);
  CHECK(found() == 0);
}
