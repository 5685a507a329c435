// Calls to other nodes, on threads.
#include <doctest/doctest.h>

#include <future>
#include <vector>

#include "actors/node_calls.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;

TEST_CASE("calls that hang hold up no other, and the end waits for them") {
  std::promise<void> release;
  const auto released = release.get_future().share();
  std::atomic<int> ended{0};
  node_calls tested;
  constexpr int hanging = 20;
  for (int i = 0; i < hanging; ++i)
    CHECK(tested.begin([&, released] {
      released.wait();
      ++ended;
    }));
  std::promise<void> healthy;
  CHECK(tested.begin([&] { healthy.set_value(); }));
  CHECK(healthy.get_future().wait_for(test::patience)
        == std::future_status::ready);
  CHECK(ended == 0);
  auto end = std::async(std::launch::async, [&] { tested.end(); });
  // Whatever begins until then ends, too.
  std::atomic<int> late{0};
  int begun = 0;
  CHECK(test::wait_until([&] {
    const bool is_begun = tested.begin([&] { ++late; });
    begun += is_begun ? 1 : 0;
    return !is_begun;
  }));
  CHECK(ended == 0);
  release.set_value();
  end.get();
  CHECK(ended == hanging);
  CHECK(late == begun);
}
