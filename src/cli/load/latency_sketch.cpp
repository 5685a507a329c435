#include "src/cli/load/latency_sketch.hpp"

#include <cmath>
#include <numeric>

namespace holdfast::cli {

std::uint64_t latency_counts::total() const noexcept {
  return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
}

std::uint64_t latency_counts::percentile(double share) const noexcept {
  const auto rank = static_cast<std::uint64_t>(
      std::ceil(share * static_cast<double>(total())));
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < counts_.size(); ++i)
    if (seen += counts_[i]; seen >= rank && seen > 0)
      return bound_of(i);
  return 0;
}

latency_counts& latency_counts::operator+=(const latency_counts& other) {
  for (std::size_t i = 0; i < counts_.size(); ++i)
    counts_[i] += other.counts_[i];
  return *this;
}

latency_counts& latency_counts::operator-=(const latency_counts& other) {
  for (std::size_t i = 0; i < counts_.size(); ++i)
    counts_[i] -= other.counts_[i];
  return *this;
}

} // namespace holdfast::cli
