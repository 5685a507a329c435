#include <doctest/doctest.h>

#include "tests/checker/told_history.hpp"

using namespace holdfast;
using namespace holdfast::test;

namespace {

/// Three events of A with two of B between them.
struct owners_fixture {
  told_history told;
  std::vector<authority> owners;
  std::vector<tenure> tenures;

  owners_fixture() {
    for (const auto* sku : {"A", "B", "A", "B", "A"})
      told.ask(adjust(10, sku));
    for (const auto& change : told.journal)
      owners.push_back({change.seq, "n1", 7});
  }

  std::size_t found() const {
    const auto all = check_owners(told.journal, owners, tenures);
    for (const auto& each : all)
      CHECK(each.item == 8);
    return all.size();
  }
};

} // namespace

TEST_CASE_FIXTURE(owners_fixture, "one owner all the time is in its right") {
  CHECK(found() == 0);
}

TEST_CASE_FIXTURE(owners_fixture,
                  "a SKU may change hands with a higher token") {
  owners[2] = {3, "n2", 8};
  owners[4] = {5, "n1", 9};
  CHECK(found() == 0);
}

TEST_CASE_FIXTURE(owners_fixture,
                  "an owner that lost its lease and writes is found") {
  owners[2] = {3, "n2", 8};
  CHECK(found() == 1);
}

TEST_CASE_FIXTURE(owners_fixture, "an epoch that is ignored is found") {
  owners[0].token = 9;
  CHECK(found() == 2);
}

TEST_CASE_FIXTURE(owners_fixture, "two owners of one token are found") {
  owners[4].owner = "n2";
  CHECK(found() == 1);
}

TEST_CASE_FIXTURE(owners_fixture,
                  "the order is that of versions, not of the dump") {
  owners[2] = {3, "n2", 8};
  owners[4] = {5, "n2", 8};
  std::swap(told.journal[0], told.journal[2]);
  CHECK(found() == 0);
}

TEST_CASE_FIXTURE(owners_fixture,
                  "who writes after a grant is found, used or not") {
  // Who was granted A in time did nothing with it.
  tenures = {
      {"S", "A", "n1", 7, 0}, {"S", "B", "n1", 7, 0}, {"S", "A", "n2", 8, 5}};
  CHECK(found() == 0);
  tenures.back().granted_after_seq = 4;
  CHECK(found() == 1);
  tenures.back().granted_after_seq = 0;
  CHECK(found() == 3);
  // Nor does it help to write later.
  tenures.back().granted_after_seq = 2;
  owners[4] = {5, "n2", 8};
  CHECK(found() == 1);
  owners[2] = {3, "n2", 8};
  CHECK(found() == 0);
}

TEST_CASE_FIXTURE(owners_fixture,
                  "who writes under a token of somebody else is found") {
  tenures = {{"S", "A", "n1", 7, 0}, {"S", "B", "n1", 7, 0}};
  CHECK(found() == 0);
  tenures[1].owner = "n2";
  CHECK(found() == 2);
  tenures[1] = {"S", "B", "n1", 8, 0};
  CHECK(found() == 2);
  tenures[1] = {"S", "B", "n1", 7, 2};
  CHECK(found() == 1);
}

TEST_CASE_FIXTURE(owners_fixture,
                  "a token that two were granted is found, unused") {
  tenures = {{"S", "A", "n1", 7, 0}, {"S", "B", "n1", 7, 0}};
  tenures.push_back(tenures.front());
  CHECK(found() == 0);
  tenures.back().owner = "n2";
  CHECK(found() == 1);
}
