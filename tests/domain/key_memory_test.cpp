#include "holdfast/idempotency.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <utility>

using namespace holdfast;

namespace {

key_hash nth(std::uint64_t n) {
  origin from;
  from.key = std::to_string(n);
  return hash_key(from, {});
}

} // namespace

TEST_CASE("a key is found with the slot it was remembered with") {
  key_memory memory;
  memory.insert(nth(1), {7, false}, 1'000);
  memory.insert(nth(2), {8, true}, 1'000);
  CHECK(memory.find(nth(1), 1'000) == answer_slot{7, false});
  CHECK(memory.find(nth(2), 1'000) == answer_slot{8, true});
  CHECK_FALSE(memory.find(nth(3), 1'000));
  CHECK(memory.size() == 2);
}

TEST_CASE("the largest number of a row fits") {
  key_memory memory;
  const answer_slot slot{(std::uint64_t{1} << 39) - 1, true};
  memory.insert(nth(1), slot, 5);
  CHECK(memory.find(nth(1), 5) == slot);
}

TEST_CASE("a key lives for its time to the millisecond") {
  key_memory memory(300'000);
  memory.insert(nth(1), {1, false}, 1'000);
  memory.insert(nth(2), {2, false}, 1'017);
  CHECK(memory.find(nth(1), 301'000));
  CHECK_FALSE(memory.find(nth(1), 301'001));
  CHECK(memory.find(nth(2), 301'017));
  CHECK_FALSE(memory.find(nth(2), 301'018));
}

TEST_CASE("a day of remembering is exact too") {
  constexpr std::int64_t day_ms = 86'400'000;
  key_memory memory(20 * day_ms);
  for (int i = 0; i <= 40; ++i)
    memory.insert(nth(static_cast<std::uint64_t>(i)), {1, false},
                  i * day_ms / 2);
  CHECK(memory.find(nth(0), 20 * day_ms));
  CHECK_FALSE(memory.find(nth(0), 20 * day_ms + 1));
  CHECK(memory.find(nth(1), 20 * day_ms + day_ms / 2));
  CHECK_FALSE(memory.find(nth(1), 20 * day_ms + day_ms / 2 + 1));
}

TEST_CASE("a key that died can be remembered anew") {
  key_memory memory(800);
  memory.insert(nth(1), {1, false}, 0);
  CHECK_FALSE(memory.find(nth(1), 801));
  memory.insert(nth(1), {2, false}, 801);
  CHECK(memory.find(nth(1), 1'601) == answer_slot{2, false});
  CHECK_FALSE(memory.find(nth(1), 1'602));
}

TEST_CASE("an old generation is dropped and young ones stay") {
  key_memory memory(800);
  memory.insert(nth(1), {1, false}, 0);
  memory.insert(nth(2), {2, false}, 90);
  memory.insert(nth(3), {3, false}, 500);
  CHECK(memory.size() == 3);
  CHECK_FALSE(memory.expire(850));
  CHECK(memory.size() == 3);
  CHECK_FALSE(memory.expire(900));
  CHECK(memory.size() == 1);
  CHECK(memory.find(nth(3), 900));
  CHECK_FALSE(memory.expire(1'300));
  CHECK(memory.expire(1'301));
  CHECK(memory.size() == 0);
}

TEST_CASE("steady traffic does not let the memory grow without end") {
  key_memory memory(800);
  for (std::uint64_t i = 0; i < 20'000; ++i)
    memory.insert(nth(i), {i + 1, false}, static_cast<std::int64_t>(i));
  CHECK(memory.size() <= 1'000);
  CHECK(memory.memory_bytes() <= 100'000);
}

TEST_CASE("many keys are all found after the tables grew") {
  key_memory memory;
  for (std::uint64_t i = 0; i < 5'000; ++i)
    memory.insert(nth(i), {i + 1, i % 3 == 0}, 1'000);
  for (std::uint64_t i = 0; i < 5'000; ++i)
    REQUIRE(memory.find(nth(i), 1'000) == answer_slot{i + 1, i % 3 == 0});
  CHECK_FALSE(memory.find(nth(5'000), 1'000));
}

TEST_CASE("one key costs little and many cost at most 64 bytes each") {
  key_memory memory;
  CHECK(memory.memory_bytes() == 0);
  memory.insert(nth(0), {1, false}, 0);
  CHECK(memory.memory_bytes() <= 200);
  for (std::uint64_t i = 1; i < 10'000; ++i)
    memory.insert(nth(i), {i + 1, false}, 0);
  CHECK(memory.memory_bytes() <= 640'000);
}

TEST_CASE("a moved memory takes its keys along") {
  key_memory memory;
  memory.insert(nth(1), {1, false}, 0);
  auto moved = std::move(memory);
  CHECK(moved.find(nth(1), 0));
  memory = std::move(moved);
  CHECK(memory.find(nth(1), 0));
}

TEST_CASE("a clock that is set back loses no key") {
  key_memory memory(800);
  memory.insert(nth(1), {1, false}, 5'000);
  memory.insert(nth(2), {2, false}, 4'500);
  memory.insert(nth(3), {3, false}, 4'700);
  memory.insert(nth(4), {4, false}, 5'010);
  CHECK(memory.find(nth(2), 5'300));
  CHECK_FALSE(memory.find(nth(2), 5'301));
  CHECK(memory.find(nth(3), 5'500));
  CHECK_FALSE(memory.find(nth(3), 5'501));
  CHECK(memory.find(nth(1), 5'800));
  CHECK(memory.find(nth(4), 5'810));
}

TEST_CASE("the memory answers as a plain list of keys does") {
  struct known {
    std::uint64_t key;
    answer_slot slot;
    std::int64_t at_ms;
  };
  CHECK(rc::check("list of keys", [] {
    const auto ttl_ms = *rc::gen::inRange<std::int64_t>(1, 200);
    key_memory memory(ttl_ms);
    std::vector<known> list;
    std::int64_t now_ms = 0;
    std::uint64_t number = 0;
    for (const auto key :
         *rc::gen::scale(5.0, rc::gen::container<std::vector<std::uint64_t>>(
                                  rc::gen::inRange<std::uint64_t>(0, 60)))) {
      now_ms += *rc::gen::inRange(0, 12);
      std::optional<answer_slot> expected;
      for (const auto& each : list)
        if (each.key == key && now_ms - each.at_ms <= ttl_ms)
          expected = each.slot;
      RC_ASSERT((memory.find(nth(key), now_ms) == expected));
      if (key % 7 == 0)
        memory.expire(now_ms);
      if (expected)
        continue;
      list.push_back({key, {++number, key % 2 == 0}, now_ms});
      memory.insert(nth(key), list.back().slot, now_ms);
    }
  }));
}
