// How values are spread over fixed ranges.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "holdfast/tally.hpp"

namespace holdfast {

/// What a histogram held at one moment.
struct histogram_view {
  /// Upper bounds of the buckets, inclusive and ascending. Static storage.
  std::span<const std::uint64_t> bounds;
  /// Values per bucket, not cumulative; the last bucket has no bound.
  std::vector<std::uint64_t> counts;
  std::uint64_t sum = 0;

  std::uint64_t count() const noexcept {
    std::uint64_t all = 0;
    for (const auto each : counts)
      all += each;
    return all;
  }

  /// Both must have the same bounds.
  histogram_view& operator+=(const histogram_view& other) {
    for (std::size_t i = 0; i < counts.size(); ++i)
      counts[i] += other.counts[i];
    sum += other.sum;
    return *this;
  }

  /// `other` must be an earlier view of the same histogram.
  histogram_view& operator-=(const histogram_view& other) {
    for (std::size_t i = 0; i < counts.size(); ++i)
      counts[i] -= other.counts[i];
    sum -= other.sum;
    return *this;
  }
};

/// Sorts values into the buckets that `Bounds`, an ascending array, makes. One
/// thread at a time records; any thread looks, and may see the sum of a value
/// before its bucket.
template <const auto& Bounds>
class histogram {
public:
  void record(std::uint64_t value) noexcept {
    std::size_t i = 0;
    while (i < Bounds.size() && value > Bounds[i])
      ++i;
    sum_.add(value);
    buckets_[i].add();
  }

  histogram_view view() const {
    histogram_view result{Bounds, {}, sum_.get()};
    for (const auto& bucket : buckets_)
      result.counts.push_back(bucket.get());
    return result;
  }

private:
  std::array<tally, Bounds.size() + 1> buckets_;
  tally sum_;
};

/// From a fast answer of memory to the deadline, in microseconds.
inline constexpr std::array<std::uint64_t, 15> latency_bounds{
    100,    250,     500,     1'000,   2'500,     5'000,     10'000,   25'000,
    50'000, 100'000, 250'000, 500'000, 1'000'000, 2'500'000, 5'000'000};

/// From a sync of a quick disk to one that hangs, in microseconds.
inline constexpr std::array<std::uint64_t, 15> commit_bounds{
    25,     50,     100,    250,     500,     1'000,     2'500,    5'000,
    10'000, 25'000, 50'000, 100'000, 250'000, 1'000'000, 2'500'000};

/// Powers of two up to the largest transaction, in operations.
inline constexpr std::array<std::uint64_t, 13> batch_bounds{
    1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1'024, 2'048, 4'096};

} // namespace holdfast
