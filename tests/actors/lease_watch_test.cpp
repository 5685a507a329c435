// What a process knows of the leases of others.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <vector>

#include "actors/lease_watch.hpp"

using namespace holdfast;

namespace {

/// Leases that others have, and what was done about them.
struct noted_board final : lease_board {
  std::int64_t wait_ms(const std::string& store, const std::string& sku,
                       std::int64_t now_ms) const override {
    ++looks;
    const auto found = free_at_ms.find({store, sku});
    return found == free_at_ms.end()
               ? 0
               : std::max<std::int64_t>(found->second - now_ms, 0);
  }
  void want(const std::string& store, const std::string& sku,
            std::int64_t) override {
    wishes.emplace_back(store, sku);
  }

  std::map<leased_name, std::int64_t> free_at_ms;
  mutable std::size_t looks = 0;
  std::vector<leased_name> wishes;
};

struct watched {
  std::shared_ptr<noted_board> board = std::make_shared<noted_board>();
  lease_watch watch{board};

  static leased_name sku(std::size_t number) {
    return {"store-1", std::to_string(number)};
  }
  void refuse(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      board->free_at_ms[sku(i)] = 1'000'000;
      CHECK_FALSE(watch.is_free(sku(i), 0));
    }
  }
};

} // namespace

TEST_CASE_FIXTURE(watched, "what nobody else has is not known") {
  CHECK(watch.wait_ms(sku(1), 0) == 0);
  CHECK(board->looks == 0);
  CHECK(watch.is_free(sku(1), 0));
  watch.leave_wishes(0);
  CHECK(board->wishes.empty());
  CHECK(watch.size() == 0);
}

TEST_CASE_FIXTURE(watched, "who asks again looks at no file") {
  board->free_at_ms[sku(1)] = 500;
  CHECK_FALSE(watch.is_free(sku(1), 100));
  CHECK(watch.wait_ms(sku(1), 150) == 350);
  // Until somebody looks it is as it was.
  CHECK(watch.wait_ms(sku(1), 700) == 1);
  CHECK(board->looks == 1);
  watch.look_again(700);
  CHECK(board->looks == 2);
  CHECK(watch.wait_ms(sku(1), 700) == 0);
  CHECK(watch.size() == 0);
}

TEST_CASE_FIXTURE(watched, "a wish is left once, however many there are") {
  board->free_at_ms[sku(1)] = 9'000;
  CHECK_FALSE(watch.is_free(sku(1), 0));
  for (int i = 0; i < 100; ++i)
    CHECK(watch.wait_ms(sku(1), i) > 0);
  watch.leave_wishes(100);
  watch.leave_wishes(101);
  CHECK(board->wishes == std::vector{sku(1)});
  CHECK(watch.wait_ms(sku(1), 102) > 0);
  watch.leave_wishes(103);
  CHECK(board->wishes.size() == 2);
}

TEST_CASE_FIXTURE(watched, "nobody is told of a lease that became free") {
  board->free_at_ms[sku(1)] = 10;
  CHECK_FALSE(watch.is_free(sku(1), 0));
  watch.look_again(20);
  watch.leave_wishes(20);
  CHECK(board->wishes.empty());
}

TEST_CASE_FIXTURE(watched, "what nobody asks for is forgotten") {
  refuse(2);
  watch.look_again(lease_watch::memory_ms);
  CHECK(watch.size() == 2);
  CHECK(watch.wait_ms(sku(1), lease_watch::memory_ms) > 0);
  watch.look_again(lease_watch::memory_ms + 1);
  CHECK(watch.size() == 1);
  CHECK(watch.wait_ms(sku(0), lease_watch::memory_ms + 1) == 0);
}

TEST_CASE_FIXTURE(watched, "each gets its turn, so many at a time") {
  constexpr auto count = 2 * lease_watch::step_max;
  refuse(count);
  board->looks = 0;
  board->free_at_ms.clear();
  watch.look_again(1);
  CHECK(board->looks == lease_watch::step_max);
  watch.look_again(2);
  CHECK(watch.size() == 0);
}

TEST_CASE_FIXTURE(watched, "wishes are left in their order, some at a time") {
  constexpr auto count = lease_watch::step_max + 1;
  refuse(count);
  watch.leave_wishes(1);
  CHECK(board->wishes.size() == lease_watch::step_max);
  CHECK(board->wishes.front() == sku(0));
  watch.leave_wishes(2);
  REQUIRE(board->wishes.size() == count);
  CHECK(board->wishes.back() == sku(count - 1));
}

TEST_CASE_FIXTURE(watched, "it has a bound, and the newest are known") {
  constexpr auto count = lease_watch::skus_max + 100;
  refuse(count);
  CHECK(watch.size() == lease_watch::skus_max);
  CHECK(watch.wait_ms(sku(count - 1), 1) > 0);
  for (std::size_t i = 0; i < count; i += lease_watch::step_max)
    watch.leave_wishes(1);
  CHECK(board->wishes.size() == lease_watch::skus_max);
  CHECK(std::set(board->wishes.begin(), board->wishes.end()).size()
        == board->wishes.size());
}
