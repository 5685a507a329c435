// Whose the stores of a roster are, however many there are.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>

#include "entry_of.hpp"
#include "holdfast/roster.hpp"
#include "tests/support/seed.hpp"

using namespace holdfast;
using namespace holdfast::test;

namespace {

/// Name of the node that has `store`, by a look at all of them.
std::string searched(const roster& in, const std::string& store) {
  for (const auto& [name, each] : in.all())
    if (std::find(each.stores.begin(), each.stores.end(), store)
        != each.stores.end())
      return name;
  return {};
}

std::string found(const roster& in, const std::string& store) {
  const auto* owner = in.owner_of(store);
  return owner ? owner->name : std::string{};
}

std::vector<std::string> thousand(int node) {
  std::vector<std::string> stores;
  for (int i = 0; i < 1'000; ++i)
    stores.push_back("store-" + std::to_string(node) + "-" + std::to_string(i));
  return stores;
}

} // namespace

TEST_CASE("an owner is who has the store, whatever was merged") {
  auto random = seeded_engine();
  const std::vector<std::string> stores{"a", "b", "c", "d", "e", "f"};
  for (int round = 0; round < 50; ++round) {
    roster known;
    for (int step = 0; step < 60; ++step) {
      auto fresh =
          entry_of("n" + std::to_string(random() % 5), random() % 3, {});
      fresh.revision = random() % 4;
      for (const auto& store : stores)
        if (random() % 4 == 0)
          fresh.stores.push_back(store);
      fresh.retired = random() % 40 == 0;
      const bool is_taken = std::any_of(
          fresh.stores.begin(), fresh.stores.end(), [&](const auto& store) {
            const auto owner = searched(known, store);
            return !owner.empty() && owner != fresh.name;
          });
      if (random() % 30 == 0)
        known.retire(fresh.name);
      else if (known.merge(fresh))
        CHECK((fresh.retired || !is_taken));
      // A copy has an index of its own.
      auto copy = known;
      copy.retire("n0");
      for (const auto& store : stores) {
        CHECK(found(known, store) == searched(known, store));
        CHECK(found(copy, store) == searched(copy, store));
      }
    }
  }
}

TEST_CASE("the largest cluster is merged") {
  constexpr int nodes = 32;
  std::vector<roster_entry> all;
  for (int node = 0; node < nodes; ++node)
    all.push_back(entry_of("n" + std::to_string(node), 1, thousand(node)));
  roster known;
  using clock = std::chrono::steady_clock;
  const auto began = clock::now();
  for (int round = 0; round < nodes; ++round)
    for (auto& each : all) {
      ++each.epoch;
      known.merge(each);
    }
  const std::chrono::duration<double, std::milli> took = clock::now() - began;
  MESSAGE("32 nodes with 1,000 stores merged 32 times: " << took.count()
                                                         << " ms");
  CHECK(known.all().size() == nodes);
  CHECK(found(known, "store-31-999") == "n31");
  auto rival = entry_of("n32", 1, {"new", "store-7-0"});
  CHECK(known.objection(rival) == "store store-7-0 belongs to node n7");
}

TEST_CASE("all of many stores may be wanted, in any order") {
  auto said = entry_of("n1", 1, thousand(1));
  said.wanted = said.stores;
  std::reverse(said.wanted.begin(), said.wanted.end());
  CHECK(is_valid(said));
  said.wanted.back() = "store-2-0";
  CHECK_FALSE(is_valid(said));
}
