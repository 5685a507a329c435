// How long to wait before trying again.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace holdfast {

/// Longest wait between two attempts.
inline constexpr std::chrono::milliseconds backoff_max{60'000};

/// Exponential backoff with equal jitter: between half and all of
/// `base × 2^(attempt - 1)`, at most `backoff_max`. `attempt` counts from 1;
/// `random` is any number, the same one gives the same wait.
constexpr std::chrono::milliseconds backoff(std::chrono::milliseconds base,
                                            std::uint32_t attempt,
                                            std::uint64_t random) {
  const auto doublings = std::min<std::uint32_t>(attempt - 1, 20);
  const auto full =
      std::min(base * (std::int64_t{1} << doublings), backoff_max);
  const auto half = full / 2;
  const auto spread = static_cast<std::uint64_t>((full - half).count()) + 1;
  return half
         + std::chrono::milliseconds{
             static_cast<std::int64_t>(random % spread)};
}

} // namespace holdfast
