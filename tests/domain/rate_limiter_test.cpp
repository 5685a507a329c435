#include <doctest/doctest.h>

#include <string>
#include <thread>
#include <vector>

#include "holdfast/rate_limiter.hpp"

using namespace holdfast;
using namespace std::chrono_literals;

namespace {

constexpr rate_limiter::secret key{1, 2};
/// All clients meet in one set.
constexpr std::size_t one_set = 8;

std::string name_of(int number) {
  return "client-" + std::to_string(number);
}

int ask(rate_limiter& of, const std::string& client,
        std::chrono::nanoseconds at, int count) {
  int granted = 0;
  for (int i = 0; i < count; ++i)
    granted += of.ask(client, at).is_granted ? 1 : 0;
  return granted;
}

} // namespace

TEST_CASE("clients do not spend each other's quota") {
  constexpr int clients = 10'000;
  rate_limiter limiter{{10, 5}, key, std::size_t{1} << 15};
  for (int i = 0; i < clients; ++i)
    REQUIRE(limiter.ask(name_of(i), 1s).remaining == 4);
  int granted = 0;
  for (int i = 0; i < clients; ++i)
    granted += ask(limiter, name_of(i), 1s, 6);
  CHECK(granted == 4 * clients);
}

TEST_CASE("a million clients have a place each") {
  constexpr int clients = 1'000'000;
  rate_limiter limiter{{10, 5}, key};
  int alone = 0;
  for (int i = 0; i < clients; ++i)
    alone += limiter.ask(name_of(i), 1s).remaining == 4 ? 1 : 0;
  // A pair or two may be one client to the limiter.
  CHECK(alone >= clients - 2);
}

TEST_CASE("the place of a client that has been quiet is free") {
  rate_limiter limiter{{10, 5}, key, one_set};
  for (int round = 0; round < 100; ++round)
    for (int i = 0; i < 8; ++i)
      CHECK(ask(limiter, name_of(8 * round + i), round * 1s, 6) == 5);
}

TEST_CASE("in a full table nobody gets past the limit") {
  rate_limiter limiter{{10, 5}, key, one_set};
  int granted = 0;
  for (int round = 0; round < 50; ++round)
    for (int i = 0; i < 1'000; ++i)
      granted += limiter.ask(name_of(i), 1s).is_granted ? 1 : 0;
  CHECK(granted == 8 * 5);
}

TEST_CASE("in a full table a newcomer shares with who has spent least") {
  rate_limiter limiter{{10, 5}, key, one_set};
  for (int i = 0; i < 7; ++i)
    CHECK(ask(limiter, name_of(i), 1s, 9) == 5);
  CHECK(limiter.ask("modest", 1s).remaining == 4);
  CHECK(limiter.ask("newcomer", 1s).remaining == 3);
  CHECK(limiter.ask("modest", 1s).remaining == 2);
  CHECK(limiter.ask("newcomer", 1s).remaining == 1);
  for (int i = 0; i < 7; ++i)
    CHECK_FALSE(limiter.ask(name_of(i), 1s).is_granted);
}

TEST_CASE("a limiter that is years old judges as a new one") {
  rate_limiter limiter{{100, 200}, key, one_set};
  for (const auto at : {0h, 24h, 8'760h, 3 * 8'760h}) {
    CHECK(ask(limiter, "a", at, 300) == 200);
    CHECK(ask(limiter, "a", at + 1s, 300) == 100);
  }
}

TEST_CASE("a thread that is late with its time grants no more") {
  rate_limiter limiter{{100, 20}, key, one_set};
  CHECK(ask(limiter, "a", 5s, 30) == 20);
  CHECK(ask(limiter, "a", 5s - 1us, 30) == 0);
  CHECK(ask(limiter, "a", 4'100ms, 30) == 0);
  CHECK(ask(limiter, "a", 5s + 10ms, 30) == 1);
}

TEST_CASE("threads share one quota for each client") {
  constexpr int tries = 20'000;
  constexpr int thread_count = 4;
  constexpr int clients = 4;
  rate_limiter limiter{{1, 10'000}, key, 64};
  for (int i = 0; i < clients; ++i)
    limiter.ask(name_of(i), 1s);
  std::vector<std::thread> threads;
  std::array<std::atomic<int>, clients> granted{};
  for (int t = 0; t < thread_count; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < tries; ++i)
        if (limiter.ask(name_of(i % clients), 1s).is_granted)
          ++granted[static_cast<std::size_t>(i % clients)];
    });
  for (auto& thread : threads)
    thread.join();
  for (const auto& each : granted)
    CHECK(each == 9'999);
}
