// All chance of a simulation. The same seed throws the same everywhere, which
// the distributions of the standard library do not promise.
#pragma once

#include <cstdint>

namespace holdfast::test {

/// SplitMix64 (Steele, Lea and Flood, 2014).
class dice {
public:
  explicit dice(std::uint64_t seed) : state_(seed) {
    // nop
  }

  std::uint64_t next() noexcept {
    auto mixed = state_ += 0x9e3779b97f4a7c15;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    return mixed ^ (mixed >> 31);
  }

  /// 0 to `bound - 1`. The bias of a remainder does no harm here.
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

  template <class Items>
  const auto& pick(const Items& items) noexcept {
    return *(items.begin() + static_cast<std::ptrdiff_t>(below(items.size())));
  }

private:
  std::uint64_t state_;
};

} // namespace holdfast::test
