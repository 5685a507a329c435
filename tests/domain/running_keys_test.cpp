#include "holdfast/running_keys.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <set>
#include <vector>

using namespace holdfast;

TEST_CASE("a key is in it from its insert to its erase") {
  running_keys keys;
  CHECK_FALSE(keys.contains({1, 2}));
  keys.erase({1, 2});
  keys.insert({1, 2});
  CHECK(keys.contains({1, 2}));
  CHECK_FALSE(keys.contains({2, 2}));
  CHECK_FALSE(keys.contains({0, 0}));
  keys.erase({2, 2});
  CHECK(keys.size() == 1);
  keys.erase({1, 2});
  CHECK_FALSE(keys.contains({1, 2}));
  CHECK(keys.size() == 0);
}

TEST_CASE("a cleared set is empty and takes keys again") {
  running_keys keys;
  for (std::uint64_t i = 0; i < 100; ++i)
    keys.insert({i, i});
  keys.clear();
  CHECK(keys.size() == 0);
  CHECK_FALSE(keys.contains({5, 5}));
  keys.insert({5, 5});
  CHECK(keys.contains({5, 5}));
}

TEST_CASE("keys that share few homes are told apart whatever goes") {
  CHECK(rc::check("set of keys", [] {
    const auto steps = *rc::gen::container<std::vector<std::uint64_t>>(
        rc::gen::inRange<std::uint64_t>(0, 48));
    running_keys keys;
    std::set<std::uint64_t> model;
    const auto hash_of = [](std::uint64_t n) {
      // Homes on both sides of the end, whatever the size.
      return key_hash{n, n % 6 - 3};
    };
    for (const auto n : steps) {
      if (model.erase(n) > 0) {
        keys.erase(hash_of(n));
      } else {
        model.insert(n);
        keys.insert(hash_of(n));
      }
      RC_ASSERT(keys.size() == model.size());
      for (std::uint64_t each = 0; each < 48; ++each)
        RC_ASSERT(keys.contains(hash_of(each)) == model.contains(each));
    }
  }));
}
