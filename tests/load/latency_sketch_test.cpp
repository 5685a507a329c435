#include <doctest/doctest.h>

#include <memory>

#include "src/cli/load/latency_sketch.hpp"
#include "tests/support/seed.hpp"

using namespace holdfast;
using namespace holdfast::cli;

namespace {

latency_counts counts_of(const latency_sketch& from) {
  latency_counts made;
  from.add_to(made);
  return made;
}

} // namespace

TEST_CASE("every bucket ends where the next begins") {
  for (std::size_t i = 0; i + 1 < latency_counts::size; ++i) {
    const auto bound = latency_counts::bound_of(i);
    CHECK(latency_counts::bucket_of(bound) == i);
    CHECK(latency_counts::bucket_of(bound + 1) == i + 1);
  }
}

TEST_CASE("a value is told from one that is 4 % larger") {
  auto random = seeded_engine();
  for (int i = 0; i < 10'000; ++i) {
    const auto value = random() >> (24 + random() % 30);
    const auto bound =
        latency_counts::bound_of(latency_counts::bucket_of(value));
    CHECK(bound >= value);
    CHECK(bound <= value + value / 25 + 1);
  }
}

TEST_CASE("what is longer than all buckets is in the last") {
  CHECK(latency_counts::bucket_of(~std::uint64_t{0})
        == latency_counts::size - 1);
}

TEST_CASE("percentiles are those of a sorted list") {
  const auto sketch = std::make_unique<latency_sketch>();
  CHECK(counts_of(*sketch).percentile(0.5) == 0);
  for (std::uint64_t i = 1; i <= 1'000; ++i)
    sketch->record(i * 1'000);
  const auto all = counts_of(*sketch);
  CHECK(all.total() == 1'000);
  CHECK(all.percentile(0.5) == doctest::Approx(500'000).epsilon(0.04));
  CHECK(all.percentile(0.99) == doctest::Approx(990'000).epsilon(0.04));
  CHECK(all.percentile(1) == doctest::Approx(1'000'000).epsilon(0.04));
}

TEST_CASE("what lies between two moments is their difference") {
  const auto sketch = std::make_unique<latency_sketch>();
  sketch->record(100);
  const auto before = counts_of(*sketch);
  sketch->record(90'000);
  auto later = counts_of(*sketch);
  later -= before;
  CHECK(later.total() == 1);
  CHECK(later.percentile(0.01) >= 90'000);
  later += before;
  CHECK(later.total() == 2);
}
