// Chance that can be had again. The same seed throws the same everywhere,
// which the distributions of the standard library do not promise.
#pragma once

#include <cstddef>
#include <cstdint>

namespace holdfast {

/// SplitMix64 (Steele, Lea and Flood, 2014). For simulations, not for secrets.
/// One thread uses an object at a time.
class dice {
public:
  explicit dice(std::uint64_t seed) noexcept : state_(seed) {
    // nop
  }

  std::uint64_t next() noexcept {
    auto mixed = state_ += 0x9e3779b97f4a7c15;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    return mixed ^ (mixed >> 31);
  }

  /// 0 to `bound - 1`; `bound` is not 0. The bias of a remainder does no harm
  /// here.
  std::uint64_t below(std::uint64_t bound) noexcept {
    return next() % bound;
  }

  /// `from` to `to`, both included.
  std::int64_t between(std::int64_t from, std::int64_t to) noexcept {
    return from
           + static_cast<std::int64_t>(
               below(static_cast<std::uint64_t>(to - from + 1)));
  }

  bool chance(std::uint64_t percent) noexcept {
    return below(100) < percent;
  }

  /// One of `items`, which are not empty.
  template <class Items>
  const auto& pick(const Items& items) noexcept {
    return *(items.begin() + static_cast<std::ptrdiff_t>(below(items.size())));
  }

private:
  std::uint64_t state_;
};

} // namespace holdfast
