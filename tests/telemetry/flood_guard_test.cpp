#include "src/telemetry/flood_guard.hpp"

#include <doctest/doctest.h>

using namespace holdfast::telemetry;
using namespace std::chrono_literals;

namespace {

using left_out = std::vector<std::pair<std::string, std::uint64_t>>;

struct flood_guard_fixture {
  flood_guard guard{3};
  flood_guard::clock::time_point now{1h};

  int admitted(std::string_view event, int lines) {
    int count = 0;
    for (int i = 0; i < lines; ++i)
      count += guard.admit(event, now) ? 1 : 0;
    return count;
  }
};

} // namespace

TEST_CASE_FIXTURE(flood_guard_fixture,
                  "so many lines of an event pass in a second") {
  CHECK(admitted("one", 10) == 3);
  now += 999ms;
  CHECK(admitted("one", 10) == 0);
  now += 1ms;
  CHECK(admitted("one", 2) == 2);
  CHECK(admitted("one", 2) == 1);
}

TEST_CASE_FIXTURE(flood_guard_fixture,
                  "a flood of one event leaves the others alone") {
  CHECK(admitted("one", 1'000) == 3);
  CHECK(admitted("two", 2) == 2);
}

TEST_CASE_FIXTURE(flood_guard_fixture, "what was left out is told once") {
  CHECK(guard.take_left_out().empty());
  admitted("one", 10);
  admitted("two", 4);
  admitted("three", 3);
  CHECK(guard.take_left_out() == left_out{{"one", 7}, {"two", 1}});
  CHECK(guard.take_left_out().empty());
}
