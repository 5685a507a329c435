#include <atomic>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "actors/journal_inbox.hpp"

using namespace holdfast;

namespace {

operation_ptr numbered(std::uint64_t ticket) {
  auto made = std::make_shared<operation>();
  made->ticket = ticket;
  return made;
}

} // namespace

TEST_CASE("the journal writer is told of the first that comes, and once") {
  journal_inbox inbox;
  std::deque<operation_ptr> queue;
  CHECK(inbox.put(numbered(1)));
  CHECK_FALSE(inbox.put(numbered(2)));
  CHECK(inbox.take(queue) == 2);
  CHECK(inbox.take(queue) == 0);
  CHECK(inbox.put(numbered(3)));
  CHECK(inbox.take(queue) == 1);
  REQUIRE(queue.size() == 3);
  for (std::uint64_t i = 0; i < 3; ++i)
    CHECK(queue[i]->ticket == i + 1);
}

TEST_CASE("a journal writer that waits for some is told when they are there") {
  journal_inbox inbox;
  std::deque<operation_ptr> queue;
  CHECK_FALSE(inbox.tell_at(2));
  CHECK_FALSE(inbox.put(numbered(1)));
  CHECK(inbox.put(numbered(2)));
  CHECK_FALSE(inbox.put(numbered(3)));
  // As many are there by now.
  CHECK(inbox.tell_at(3));
  CHECK(inbox.take(queue) == 3);
  CHECK(inbox.put(numbered(4)));
}

TEST_CASE("what several threads put in comes out whole, in the order of each") {
  constexpr std::uint64_t each = 20'000;
  constexpr std::uint64_t threads = 3;
  journal_inbox inbox;
  std::deque<operation_ptr> queue;
  std::atomic<std::uint64_t> told{0};
  std::vector<std::jthread> all;
  for (std::uint64_t by = 0; by < threads; ++by)
    all.emplace_back([&, by] {
      for (std::uint64_t i = 0; i < each; ++i)
        told += inbox.put(numbered(by * each + i)) ? 1 : 0;
    });
  std::uint64_t taken = 0;
  while (queue.size() < threads * each)
    taken += inbox.take(queue) > 0 ? 1 : 0;
  all.clear();
  CHECK(told == taken);
  std::vector<std::uint64_t> next(threads, 0);
  for (const auto& op : queue)
    CHECK(next[op->ticket / each]++ == op->ticket % each);
}
