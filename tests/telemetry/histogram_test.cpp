#include "holdfast/histogram.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <thread>

using namespace holdfast;

namespace {

constexpr std::array<std::uint64_t, 3> three_bounds{1, 10, 100};

using counts = std::vector<std::uint64_t>;

} // namespace

TEST_CASE("a value falls into the first bucket whose bound it does not pass") {
  histogram<three_bounds> seen;
  for (const auto value : {0, 1, 2, 10, 11, 100, 101, 1'000'000})
    seen.record(value);
  const auto view = seen.view();
  CHECK(view.counts == counts{2, 2, 2, 2});
  CHECK(view.sum == 1'000'225);
  CHECK(view.count() == 8);
  CHECK(view.bounds.size() == 3);
}

TEST_CASE("views are added and taken off bucket by bucket") {
  histogram<three_bounds> seen;
  seen.record(5);
  const auto before = seen.view();
  seen.record(50);
  auto view = seen.view();
  view -= before;
  CHECK(view.counts == counts{0, 0, 1, 0});
  CHECK(view.sum == 50);
  view += before;
  CHECK(view.counts == seen.view().counts);
  CHECK(view.sum == 55);
}

TEST_CASE("bounds ascend") {
  CHECK(std::is_sorted(latency_bounds.begin(), latency_bounds.end()));
  CHECK(std::is_sorted(commit_bounds.begin(), commit_bounds.end()));
  CHECK(std::is_sorted(batch_bounds.begin(), batch_bounds.end()));
}

TEST_CASE("a reader never sees a count go back") {
  constexpr std::uint64_t rounds = 200'000;
  histogram<three_bounds> seen;
  std::thread writer{[&] {
    for (std::uint64_t i = 0; i < rounds; ++i)
      seen.record(i % 200);
  }};
  std::uint64_t last = 0;
  while (last < rounds) {
    const auto now = seen.view().count();
    REQUIRE(now >= last);
    last = now;
  }
  writer.join();
  CHECK(last == rounds);
}
