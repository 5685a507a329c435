// Latencies, counted finely enough for percentiles.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "holdfast/tally.hpp"

namespace holdfast::cli {

/// Numbers by bucket: 32 to each power of two, so that a value is told from
/// one 3 % larger. Nanoseconds in, up to 18 minutes.
class latency_counts {
public:
  static constexpr std::size_t parts = 32;
  static constexpr std::size_t size = 36 * parts;

  static constexpr std::size_t bucket_of(std::uint64_t ns) noexcept {
    if (ns < parts)
      return static_cast<std::size_t>(ns);
    const auto octave = static_cast<std::size_t>(std::bit_width(ns)) - 6;
    const auto bucket = (octave + 1) * parts + (ns >> octave) - parts;
    return bucket < size ? bucket : size - 1;
  }

  /// The largest value of a bucket, in nanoseconds.
  static constexpr std::uint64_t bound_of(std::size_t bucket) noexcept {
    if (bucket < parts)
      return bucket;
    const auto octave = bucket / parts - 1;
    return ((bucket % parts + parts + 1) << octave) - 1;
  }

  latency_counts() : counts_(size) {
    // nop
  }

  void add(std::size_t bucket, std::uint64_t count) {
    counts_[bucket] += count;
  }
  const std::vector<std::uint64_t>& counts() const noexcept {
    return counts_;
  }
  std::uint64_t total() const noexcept;
  /// Nanoseconds that `share` of the values do not exceed; 0 if there are none.
  std::uint64_t percentile(double share) const noexcept;

  latency_counts& operator+=(const latency_counts& other);
  /// `other` must be an earlier state of the same counts.
  latency_counts& operator-=(const latency_counts& other);

private:
  std::vector<std::uint64_t> counts_;
};

/// One thread records, any thread looks.
class latency_sketch {
public:
  void record(std::uint64_t ns) noexcept {
    buckets_[latency_counts::bucket_of(ns)].add();
  }

  void add_to(latency_counts& into) const {
    for (std::size_t i = 0; i < buckets_.size(); ++i)
      into.add(i, buckets_[i].get());
  }

private:
  std::array<tally, latency_counts::size> buckets_;
};

} // namespace holdfast::cli
